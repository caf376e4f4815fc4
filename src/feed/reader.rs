//! One document being read: what is gathered, what is listed, why it is refused.

use super::entries::{
    category, cluster, coverage, entry_text, grade, history_point, milestone, region,
};
use super::error::ErrorKind;
use super::fields::Fields;
use super::limits::Limits;
use super::model::{Category, Cluster, Coverage, Grade, HistoryPoint, Milestone, Region};
use super::node::Node;
use super::notice::Notices;
use super::path::{Path, Step};
use super::shape::{Cap, Stream};

/// What has been read so far.
pub(super) struct Reader<'l> {
    pub(super) limits: &'l Limits,
    pub(super) notices: Notices,
    /// Why and where the document is refused although it is JSON. The rest is read for its
    /// JSON only.
    pub(super) refused: Option<(ErrorKind, Vec<Step<'static>>)>,
    /// The innermost value whose JSON is broken.
    pub(super) broken_at: Option<Vec<Step<'static>>>,
    /// Entries of all histories so far.
    pub(super) history_points: usize,
    pub(super) regions: Vec<Region>,
    /// Index in the document of each of `regions`.
    pub(super) region_at: Vec<usize>,
    pub(super) categories: Vec<Category>,
    /// Index in the document of each of `categories`.
    pub(super) category_at: Vec<usize>,
    pub(super) history: Vec<(usize, HistoryPoint)>,
    pub(super) milestones: Vec<Milestone>,
    pub(super) clusters: Vec<Cluster>,
    /// Index in the document of each of `clusters` and of each of its members.
    pub(super) cluster_at: Vec<(usize, Vec<usize>)>,
    pub(super) coverage: Vec<Coverage>,
    pub(super) grades: Vec<Grade>,
    pub(super) notes: Vec<String>,
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
            regions: Vec::new(),
            region_at: Vec::new(),
            categories: Vec::new(),
            category_at: Vec::new(),
            history: Vec::new(),
            milestones: Vec::new(),
            clusters: Vec::new(),
            cluster_at: Vec::new(),
            coverage: Vec::new(),
            grades: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// Remembers why the document is refused; the first reason counts.
    pub(super) fn refuse(&mut self, kind: ErrorKind, path: &Path) {
        if self.refused.is_none() {
            self.refused = Some((kind, path.steps()));
        }
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
            self.notes.extend(entry_text(node, path, notices));
            return;
        }
        let Some(mut fields) = Fields::of(node, path, notices) else {
            return;
        };
        match stream {
            Stream::Regions => {
                if let Some(region) = region(&mut fields, notices) {
                    self.regions.push(region);
                    self.region_at.push(index);
                }
            }
            Stream::Categories => {
                if let Some(category) = category(&mut fields, notices) {
                    self.categories.push(category);
                    self.category_at.push(index);
                }
            }
            Stream::History => {
                if let Some(point) = history_point(&mut fields, notices) {
                    self.history.push((index, point));
                }
            }
            Stream::Milestones => self.milestones.extend(milestone(&mut fields, notices)),
            Stream::Clusters => {
                if let Some((cluster, members_at)) = cluster(&mut fields, notices) {
                    self.clusters.push(cluster);
                    self.cluster_at.push((index, members_at));
                }
            }
            Stream::Coverage => self.coverage.extend(coverage(&mut fields, notices)),
            Stream::Grades => self.grades.extend(grade(&mut fields, notices)),
            Stream::Notes => {}
        }
    }
}
