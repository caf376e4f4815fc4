//! Real traps: the built module with an `unreachable` put into its exports, which a page can arm.

use serde_json::{Value, json};
use wasmparser::{ExternalKind, Parser, Payload};

use crate::browser::{Browser, run};
use crate::server::{Answer, Server};

const WASM: &str = "/dist/progress-widgets.wasm";
const SCRIPT: &str = "/dist/progress-widgets.js";

/// The module as built, with a global `fault`: 1 makes the next call of one of these exports trap.
fn armed(wasm: &[u8], exports: &[&str]) -> Vec<u8> {
    let (mut functions, mut globals, mut imported) = (Vec::new(), 0, 0);
    for payload in Parser::new(0).parse_all(wasm) {
        match payload.unwrap() {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    match import.unwrap().ty {
                        wasmparser::TypeRef::Func(_) => imported += 1,
                        wasmparser::TypeRef::Global(_) => globals += 1,
                        _ => {}
                    }
                }
            }
            Payload::GlobalSection(section) => globals += section.count(),
            Payload::ExportSection(section) => {
                for export in section {
                    let export = export.unwrap();
                    if export.kind == ExternalKind::Func && exports.contains(&export.name) {
                        functions.push(export.index);
                    }
                }
            }
            _ => {}
        }
    }
    assert_eq!(functions.len(), exports.len(), "{exports:?}");
    let mut made = wasm[..8].to_vec();
    let mut bodies = Vec::new();
    for payload in Parser::new(0).parse_all(wasm) {
        let payload = payload.unwrap();
        if let Payload::CodeSectionEntry(body) = &payload {
            let range = body.range();
            let mut bytes = wasm[range.clone()].to_vec();
            let index = imported + u32::try_from(bodies.len()).unwrap();
            if functions.contains(&index) {
                let start = body.get_operators_reader().unwrap().original_position() - range.start;
                // if (fault) unreachable
                let mut prologue = vec![0x23];
                prologue.extend(leb(globals));
                prologue.extend([0x04, 0x40, 0x00, 0x0b]);
                bytes.splice(start..start, prologue);
            }
            bodies.push(bytes);
        }
        let Some((id, range)) = payload.as_section() else {
            continue;
        };
        let old = &wasm[range];
        let content = match &payload {
            // A mutable i32, 0 at first.
            Payload::GlobalSection(section) => {
                more(old, section.count(), &[0x7f, 0x01, 0x41, 0x00, 0x0b])
            }
            Payload::ExportSection(section) => {
                let mut export = [&[5][..], b"fault", &[3]].concat();
                export.extend(leb(globals));
                more(old, section.count(), &export)
            }
            // Its entries come one by one.
            Payload::CodeSectionStart { .. } => continue,
            _ => {
                code(&mut made, &mut bodies);
                old.to_vec()
            }
        };
        section(&mut made, id, &content);
    }
    code(&mut made, &mut bodies);
    made
}

fn code(made: &mut Vec<u8>, bodies: &mut Vec<Vec<u8>>) {
    if bodies.is_empty() {
        return;
    }
    let mut content = leb(u32::try_from(bodies.len()).unwrap());
    for body in bodies.drain(..) {
        content.extend(leb(u32::try_from(body.len()).unwrap()));
        content.extend(body);
    }
    section(made, 10, &content);
}

fn section(made: &mut Vec<u8>, id: u8, content: &[u8]) {
    made.push(id);
    made.extend(leb(u32::try_from(content.len()).unwrap()));
    made.extend(content);
}

/// A section's content with one more item at its end.
fn more(old: &[u8], count: u32, item: &[u8]) -> Vec<u8> {
    [&leb(count + 1), &old[leb(count).len()..], item].concat()
}

/// The shortest LEB128.
fn leb(mut number: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    loop {
        let low = (number & 0x7f) as u8;
        number >>= 7;
        if number == 0 {
            bytes.push(low);
            return bytes;
        }
        bytes.push(low | 0x80);
    }
}

/// Serves the armed module, with a script that takes it for its own.
fn arm(server: &Server, exports: &[&str]) -> String {
    let mut wasm = Answer::file(WASM);
    wasm.body = armed(&wasm.body, exports);
    server.put(WASM, wasm);
    let mut script = Answer::file(SCRIPT);
    let text = String::from_utf8(script.body).unwrap();
    let hash = text.split("sha256-").nth(1).unwrap().get(..44).unwrap();
    script.body = text.replace(&format!("sha256-{hash}"), "").into();
    server.put(SCRIPT, script);
    let tags =
        "<script src=/pages/trap.js></script><script defer src=/dist/progress-widgets.js></script>";
    let widget = "<progress-widget kind=bars></progress-widget><progress-widget></progress-widget>";
    server.page_with_head(tags, &format!("<div class=w320>{}</div>", widget.repeat(5)))
}

/// What the page needs for a round: feeds that differ, and prints of the pictures.
const PREPARE: &str = "
    window.feed = (started) => ({feed: 'progress-widgets/1', as_of: '2020-09-30', total: {planned: 5000, started},
      regions: ['甲区', '乙区', '丙区'].map((name, i) => ({name, level: 'district', planned: 5000, started: started + i}))});
    window.canvases = () => all.map(w => w.shadowRoot.querySelector('canvas'));
    window.rounds = async (from, to, exact, fresh) => {
      const times = [];
      for (let round = from; round < to; round++) {
        trap.skew += 61000;
        const victim = all[round % 10], olds = canvases(), prints = exact && olds.map(seen.print);
        const back = new Promise((done) => new MutationObserver((_, watcher) => {
          if (victim.shadowRoot.querySelector('canvas') === olds[round % 10]) return;
          watcher.disconnect();
          done();
        }).observe(victim.shadowRoot.querySelector('.box'), {childList: true}));
        const begin = performance.now();
        let said = '';
        trap.exports.fault.value = 1;
        try { victim.render(feed(10 * round)) } catch (error) { said = error.code + error.cause.name }
        if (said !== 'internalRuntimeError') throw new Error(`round ${round}: ${said}`);
        await back;
        times.push(performance.now() - begin);
        await Promise.resolve(); // Others come after it in the same task.
        await new Promise((done) => setTimeout(done));
        canvases().forEach((canvas, i) => {
          if (canvas === olds[i] || canvas.hidden) throw new Error(`round ${round}: widget ${i} was not drawn anew`);
          if (exact && i !== round % 10 && seen.print(canvas) !== prints[i]) throw new Error(`round ${round}: widget ${i} changed`);
        });
        if (exact && seen.inked(canvases()[round % 10]) < 500) throw new Error(`round ${round}: blank`);
        const shown = new RegExp(`>${(10 * round).toLocaleString('en-US')}(?![,0-9])`)
          .test(victim.shadowRoot.querySelector('.table').innerHTML);
        if (shown !== fresh) throw new Error(`round ${round}: ${shown ? 'new' : 'old'} figures: ${victim.shadowRoot.querySelector('.table').innerHTML}`);
      }
      return times;
    };
    all.forEach(w => w.render(feed(1)));";

async fn thousand_times(b: &Browser, exports: &[&str], rounds: usize) -> f64 {
    let page = arm(&b.server, exports);
    let before = b.server.requests(WASM);
    b.open(&page).await;
    b.js(PREPARE).await;
    // A feed that could not be read to its end is not tried again: the last good one stays.
    let fresh = !exports.contains(&"set");
    let mut times: Vec<f64> = Vec::new();
    let mut from = 2;
    while from < rounds + 2 {
        // Every pixel in the first and the last rounds; in the others, that the picture is new.
        let exact = from == 2 || from + 5 == rounds + 2;
        let to = if exact {
            from + 5
        } else {
            (from + 25).min(rounds - 3)
        };
        let more = b
            .js(&format!("return rounds({from}, {to}, {exact}, {fresh})"))
            .await;
        times.extend(more.as_array().unwrap().iter().filter_map(Value::as_f64));
        from = to;
    }
    if b.devtools("HeapProfiler.collectGarbage", json!({})).await {
        let alive = b
            .js("return trap.instances.filter(i => i.deref()).length")
            .await;
        assert_eq!(alive, json!(1), "instances that died are let go");
    }
    assert_eq!(times.len(), rounds);
    b.page_is_unharmed().await;
    assert_eq!(
        b.server.requests(WASM) - before,
        1,
        "the compiled module is kept"
    );
    times.sort_by(f64::total_cmp);
    println!(
        "{exports:?}: {rounds} traps, back after {:.1} ms (median), {:.1} ms (95 of 100), {:.1} ms at most",
        times[rounds / 2],
        times[rounds * 95 / 100],
        times[rounds - 1]
    );
    times[rounds / 2]
}

#[test]
fn a_thousand_traps_in_one_of_ten_widgets_leave_nine_unharmed() {
    run(async |b: Browser| {
        let median = thousand_times(&b, &["paint"], 1000).await;
        assert!(median < 100.0, "{median} ms");
    });
}

#[test]
fn a_trap_anywhere_is_survived() {
    run(async |b: Browser| {
        for export in ["layout", "rows", "set"] {
            thousand_times(&b, &[export], 20).await;
        }
    });
}

#[test]
fn a_trap_while_a_reader_points_reaches_nobody() {
    run(async |b: Browser| {
        let page = arm(&b.server, &["hit", "hit_info"]);
        b.open(&page).await;
        b.js(PREPARE).await;
        b.js("window.old = canvases(); trap.exports.fault.value = 1;
              old[0].dispatchEvent(new PointerEvent('pointermove', {clientX: 90, clientY: 120, bubbles: true}))")
            .await;
        b.until("return canvases().every((canvas, i) => canvas !== old[i] && !canvas.hidden)")
            .await;
        assert_eq!(
            b.js("return seen.events.filter(e => e.name === 'error').map(e => e.detail.code)")
                .await,
            json!(["internal"])
        );
        b.page_is_unharmed().await;
    });
}
