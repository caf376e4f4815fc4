//! Text widths.
