//! What a page asks for, and the one translator from its relaxed words to our strict types.

/// What kind of widget.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The programme's figures at a glance.
    Summary,
    /// Regions or categories ranked by rate.
    Bars,
    /// Choropleth of districts.
    Map,
}

/// Which rate a widget shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Metric {
    /// 开工率
    #[default]
    Start,
    /// 完工率
    Completion,
    /// 投资完成率
    Investment,
}

/// The order of ranked rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Sort {
    /// Highest first, missing last.
    #[default]
    Value,
    /// By name.
    Name,
    /// As the feed lists them.
    Feed,
}

/// A request for one picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// What kind of widget.
    pub kind: Kind,
    /// Width in CSS pixels; clamped to 200..=4000.
    pub width_css_px: f64,
}
