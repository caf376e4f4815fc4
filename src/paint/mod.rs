//! Scene → SVG text; scene → canvas (browser only). Painters decide nothing.
