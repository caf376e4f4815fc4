//! How much a feed may hold. Imports nothing.

/// Bounds that keep a page alive whatever is fed to it; who embeds the crate can raise each; the
/// element keeps to the defaults.
///
/// Past a bound the document is refused ([`super::ErrorKind`] says which), except for
/// `text_chars` and `notices`, which cut.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Size of the document. Default 16 MiB.
    pub document_bytes: usize,
    /// Nesting of objects and lists. Default 64. Reading recurses no deeper than the known fields,
    /// whatever is set here.
    pub depth: usize,
    /// Entries of `regions`. Default 100,000.
    pub regions: usize,
    /// Entries of all `history` lists together, the whole's and the regions'. Default 20,000.
    pub history_points: usize,
    /// Entries of any one other list (categories, milestones, tags, …). Default 10,000.
    pub entries: usize,
    /// Characters of a text; a longer one is cut, with a notice. Default 1,000.
    pub text_chars: usize,
    /// Notices kept; the others are counted. Default 1,000.
    pub notices: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            document_bytes: 16 << 20,
            depth: 64,
            regions: 100_000,
            history_points: 20_000,
            entries: 10_000,
            text_chars: 1_000,
            notices: 1_000,
        }
    }
}
