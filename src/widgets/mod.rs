//! One file a kind: figures (and geometry) → scene.
