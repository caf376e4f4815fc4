//! One document being read: what is gathered, what is listed, why it is refused.

use super::date::Date;
use super::entries::{
    category, cluster, coverage, entry_text, grade, history_point, milestone, region,
};
use super::error::ErrorKind;
use super::fields::Fields;
use super::json::Scanner;
use super::limits::Limits;
use super::model::{AsOf, Feed, HistoryPoint};
use super::node::Node;
use super::notice::Notices;
use super::path::{Path, Step};
use super::shape::{Cap, Stream};

/// What has been read so far.
pub(super) struct Reader<'l> {
    pub(super) limits: &'l Limits,
    pub(super) notices: Notices,
    /// Why and where the document is refused although it is JSON, with the offset. The rest is
    /// read for its JSON only.
    pub(super) refused: Option<(ErrorKind, Vec<Step<'static>>, usize)>,
    /// The innermost value whose JSON is broken.
    pub(super) broken_at: Option<Vec<Step<'static>>>,
    /// Entries of all histories so far.
    pub(super) history_points: usize,
    /// The feed as far as it has been read.
    pub(super) feed: Feed,
    /// Index in the document of each of its regions.
    pub(super) region_at: Vec<usize>,
    /// Index in the document of each of its clusters and of each of their members.
    pub(super) cluster_at: Vec<(usize, Vec<usize>)>,
    /// The same of what it lists as coverage, and of the regions that have it.
    pub(super) coverage_at: Vec<(usize, Vec<usize>)>,
    /// Its history, with the indices in the document.
    pub(super) history: Vec<(usize, HistoryPoint)>,
}

impl<'l> Reader<'l> {
    pub(super) fn new(limits: &'l Limits) -> Reader<'l> {
        Reader {
            limits,
            notices: Notices {
                kept: Vec::new(),
                left_out: 0,
                keep: limits.notices,
                text_chars: limits.text_chars,
            },
            refused: None,
            broken_at: None,
            history_points: 0,
            feed: Feed {
                title: None,
                subtitle: None,
                lang: String::new(),
                crs: None,
                // Set before the feed is handed out.
                as_of: AsOf {
                    date: Date::EARLIEST,
                    month_only: false,
                },
                published: None,
                expected_every_s: None,
                source: None,
                sample: false,
                target: None,
                total: None,
                regions: Vec::new(),
                categories: Vec::new(),
                history: Vec::new(),
                milestones: Vec::new(),
                clusters: Vec::new(),
                coverage: Vec::new(),
                teams: None,
                grades: Vec::new(),
                notes: Vec::new(),
            },
            region_at: Vec::new(),
            cluster_at: Vec::new(),
            coverage_at: Vec::new(),
            history: Vec::new(),
        }
    }

    /// Remembers why the document is refused; the first reason counts.
    pub(super) fn refuse(&mut self, kind: ErrorKind, path: &Path, at: usize) {
        if self.refused.is_none() {
            self.refused = Some((kind, path.steps(), at));
        }
    }

    /// Makes room for the regions that `ahead` is about to read: where they are many, growing the
    /// list by doubling would take three times its room.
    pub(super) fn make_room(&mut self, mut ahead: Scanner) {
        let mut count = 0;
        while count < self.limits.regions && ahead.next() {
            ahead.skip();
            count = count.saturating_add(1);
        }
        self.feed.regions.reserve_exact(count);
    }

    /// Remembers where the JSON is broken; the innermost value comes first.
    pub(super) fn broken(&mut self, path: &Path) {
        if self.broken_at.is_none() {
            self.broken_at = Some(path.steps());
        }
    }

    /// Why a list of `length` entries takes no more.
    pub(super) fn full(&self, cap: Cap, length: usize) -> Option<ErrorKind> {
        let (full, kind) = match cap {
            Cap::Regions => (length >= self.limits.regions, ErrorKind::TooManyRegions),
            Cap::History => (
                self.history_points >= self.limits.history_points,
                ErrorKind::TooManyHistoryPoints,
            ),
            Cap::Entries => (length >= self.limits.entries, ErrorKind::TooManyEntries),
        };
        full.then_some(kind)
    }

    /// Takes an entry of one of the document's lists.
    pub(super) fn entry(&mut self, stream: Stream, index: usize, node: Node, path: &Path) {
        let notices = &mut self.notices;
        if stream == Stream::Notes {
            self.feed.notes.extend(entry_text(node, path, notices));
            return;
        }
        let Some(mut fields) = Fields::of(node, path, notices) else {
            return;
        };
        match stream {
            Stream::Regions => {
                if let Some(region) = region(&mut fields, notices) {
                    self.feed.regions.push(region);
                    self.region_at.push(index);
                }
            }
            Stream::Categories => self.feed.categories.extend(category(&mut fields, notices)),
            Stream::History => {
                if let Some(point) = history_point(&mut fields, notices) {
                    self.history.push((index, point));
                }
            }
            Stream::Milestones => self.feed.milestones.extend(milestone(&mut fields, notices)),
            Stream::Clusters => {
                if let Some((cluster, members_at)) = cluster(&mut fields, notices) {
                    self.feed.clusters.push(cluster);
                    self.cluster_at.push((index, members_at));
                }
            }
            Stream::Coverage => {
                if let Some((coverage, regions_at)) = coverage(&mut fields, notices) {
                    self.feed.coverage.push(coverage);
                    self.coverage_at.push((index, regions_at));
                }
            }
            Stream::Grades => self.feed.grades.extend(grade(&mut fields, notices)),
            Stream::Notes => {}
        }
    }
}
