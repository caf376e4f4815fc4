//! Plot areas.
