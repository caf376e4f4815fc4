//! What a widget says.
