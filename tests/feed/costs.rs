//! What a document may cost: memory and time within bounds, whatever it says.

#![allow(unsafe_code)] // A counting allocator can't be had without.

use progress_widgets::feed::{ErrorKind, Limits, parse};
use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

/// Counts per thread, because tests run side by side.
struct Counting;

thread_local! {
    static NOW: Cell<isize> = const { Cell::new(0) };
    static PEAK: Cell<isize> = const { Cell::new(0) };
}

fn count(change: isize) {
    NOW.with(|now| {
        now.set(now.get() + change);
        PEAK.with(|peak| peak.set(peak.get().max(now.get())));
    });
}

// SAFETY: hands everything to the system's allocator. `realloc` is the default one, which takes
// the new room before it frees the old: what a browser's allocator does at worst.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout.size() as isize);
        unsafe { System.alloc(layout) }
    }
    unsafe fn dealloc(&self, ptr: *mut u8, layout: Layout) {
        count(-(layout.size() as isize));
        unsafe { System.dealloc(ptr, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

const MIB: usize = 1 << 20;
const HEAD: &str = "{\"feed\":\"progress-widgets/1\",\"as_of\":\"2020-09-30\",";

/// The time that this thread has been running: a machine busy with other things does not count.
fn busy() -> Duration {
    static BEGIN: LazyLock<Instant> = LazyLock::new(Instant::now);
    let schedstat = std::fs::read_to_string("/proc/thread-self/schedstat");
    let nanos = schedstat
        .ok()
        .and_then(|text| text.split(' ').next()?.parse().ok());
    nanos.map_or_else(|| BEGIN.elapsed(), Duration::from_nanos)
}

/// Parses, and holds the cost against 64 MB and a second (a debug build is some 20 times slower).
fn within_bounds(what: &str, json: &str) -> Result<progress_widgets::feed::Parsed, ErrorKind> {
    let before = NOW.get();
    PEAK.set(before);
    let start = busy();
    let result = parse(json.as_bytes(), &Limits::default());
    let took = busy() - start;
    let peak = PEAK.get() - before;
    println!("{what}: {} KiB, {took:?}", peak / 1024);
    assert!(peak < 64_000_000, "{what}: {peak} bytes");
    let most = Duration::from_secs(if cfg!(debug_assertions) { 20 } else { 1 });
    assert!(took < most, "{what}: {took:?}");
    result.map_err(|error| error.kind)
}

/// A document of about `size` bytes that repeats `entry` in the list or object `field`.
fn repeated(field: &str, open: &str, entry: &str, close: &str, size: usize) -> String {
    let times = size / (entry.len() + 1);
    let body = vec![entry; times].join(",");
    format!("{HEAD}\"{field}\":{open}{body}{close}}}")
}

#[test]
fn a_full_document_of_zeros_costs_little() {
    for field in [
        "unknown",
        "regions",
        "history",
        "notes",
        "title",
        "total",
        "categories",
    ] {
        // The whole size where it matters; a debug build takes seconds for the others.
        let whole = !cfg!(debug_assertions) || matches!(field, "unknown" | "regions");
        let size = if whole { 16 * MIB } else { 2 * MIB };
        let json = repeated(field, "[", "0", "]", size - 200);
        let result = within_bounds(field, &json);
        match field {
            "unknown" | "title" | "total" => assert!(result.is_ok()),
            "regions" => assert_eq!(result.unwrap_err(), ErrorKind::TooManyRegions),
            "history" => assert_eq!(result.unwrap_err(), ErrorKind::TooManyHistoryPoints),
            _ => assert_eq!(result.unwrap_err(), ErrorKind::TooManyEntries),
        }
    }
    let json = repeated(
        "regions",
        "[{\"name\":\"a\",\"tags\":[",
        "0",
        "]}]",
        2 * MIB,
    );
    assert_eq!(
        within_bounds("tags", &json).unwrap_err(),
        ErrorKind::TooManyEntries
    );
}

#[test]
fn any_2_mb_cost_at_most_64() {
    let size = 2_000_000;
    let many = |limit: usize, entry: &str| size.min(limit.saturating_mul(entry.len() + 1));
    for (field, entry, limit) in [
        ("regions", "{\"name\":\"a\"}", 100_000),
        ("regions", "{\"code\":330106}", 100_000),
        (
            "regions",
            "{\"name\":\"a\",\"tags\":[\"a\",\"b\",\"c\"]}",
            100_000,
        ),
        (
            "regions",
            "{\"name\":\"a\",\"rate\":\"x\",\"level\":0}",
            100_000,
        ),
        ("regions", "{\"name\":\"a\",\"investment\":{}}", 100_000),
        ("regions", "0", 100_000),
        ("history", "{\"as_of\":\"2020-01\"}", 20_000),
        ("categories", "{\"name\":\"a\"}", 10_000),
        (
            "clusters",
            "{\"name\":\"a\",\"members\":[\"a\",\"b\",\"c\",\"d\"]}",
            10_000,
        ),
        ("notes", "\"a\"", 10_000),
        ("unknown", "[[[[]]]]", usize::MAX),
        ("unknown", "\"\\u0041\"", usize::MAX),
        ("unknown", "1e999", usize::MAX),
    ] {
        let json = repeated(field, "[", entry, "]", many(limit, entry) - entry.len());
        within_bounds(&format!("{field} {entry}"), &json).unwrap();
    }
    let json = repeated("unknown", "{", "\"a\":0", "}", size);
    within_bounds("keys", &json).unwrap();
    let json = format!("{HEAD}\"title\":\"{}\"}}", "\\u0041".repeat(size / 6));
    within_bounds("one text", &json).unwrap();
    let json = format!("{HEAD}\"title\":{}}}", "9".repeat(size));
    within_bounds("one number", &json).unwrap();
    let json = format!("{HEAD}\"title\":{}", "[".repeat(size));
    assert_eq!(
        within_bounds("brackets", &json).unwrap_err(),
        ErrorKind::TooDeep
    );
    let history = vec!["{\"as_of\":\"2020-01\"}"; 20_000].join(",");
    let json = format!("{HEAD}\"regions\":[{{\"name\":\"a\",\"history\":[{history}]}}]}}");
    within_bounds("a region's history", &json).unwrap();
}

#[test]
fn notices_are_capped_and_counted() {
    let json = repeated("regions", "[", "0", "]", 4_000);
    let parsed = within_bounds("notices", &json).unwrap();
    assert_eq!(parsed.notices.len(), 1_000);
    assert_eq!(parsed.notices_left_out, 1_000);
    let last = parsed.notices.last().unwrap();
    assert_eq!(last.path, "$.regions[999]");
    assert_eq!(
        last.column as usize,
        HEAD.len() + "\"regions\":[".len() + 2 * 999 + 1
    );
}

#[test]
fn limits_can_be_lowered_and_raised() {
    let json = format!(
        "{HEAD}\n\"regions\":[{{\"name\":\"a\"}},\n  {{\"name\":\"b\",\"tags\":[\"x\",\"y\"]}}],\
         \"history\":[{{\"as_of\":\"2020-01\"}},{{\"as_of\":\"2020-02\"}}]}}"
    );
    let at_least = Limits {
        document_bytes: json.len(),
        depth: 4,
        regions: 2,
        history_points: 2,
        entries: 2,
        text_chars: 1,
        notices: 0,
    };
    // The version is no text of the reader's, and the limit of texts does not touch it.
    assert!(parse(json.as_bytes(), &at_least).is_ok());
    let cases: [(ErrorKind, &str, (u32, u32), Limits); 5] = [
        (
            ErrorKind::TooLarge,
            "",
            (0, 0),
            Limits {
                document_bytes: json.len() - 1,
                ..at_least.clone()
            },
        ),
        (
            ErrorKind::TooDeep,
            "",
            (3, 22),
            Limits {
                depth: 3,
                ..at_least.clone()
            },
        ),
        (
            ErrorKind::TooManyRegions,
            "$.regions[1]",
            (3, 3),
            Limits {
                regions: 1,
                ..at_least.clone()
            },
        ),
        (
            ErrorKind::TooManyHistoryPoints,
            "$.history[1]",
            (3, 65),
            Limits {
                history_points: 1,
                ..at_least.clone()
            },
        ),
        (
            ErrorKind::TooManyEntries,
            "$.regions[1].tags[1]",
            (3, 27),
            Limits {
                entries: 1,
                ..at_least.clone()
            },
        ),
    ];
    for (kind, path, position, limits) in cases {
        let error = parse(json.as_bytes(), &limits).unwrap_err();
        assert_eq!(
            (error.kind, error.path.as_str(), (error.line, error.column)),
            (kind, path, position),
            "{}",
            error.text(false)
        );
    }
    // The JSON reader's own bound lies above: a higher limit is no way to a panic.
    let deep = format!("{HEAD}\"total\":{}", "{\"a\":[".repeat(100_000));
    let limits = Limits {
        depth: usize::MAX,
        ..Limits::default()
    };
    assert!(parse(deep.as_bytes(), &limits).is_err());
    let deep = format!(
        "{HEAD}\"a\":{}{}}}",
        "[".repeat(100_000),
        "]".repeat(100_000)
    );
    assert!(parse(deep.as_bytes(), &limits).is_ok());
}
