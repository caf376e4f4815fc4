// <progress-widget>: attributes, observers, fetch and events. Rust decides everything else.
//
// The build puts these files into both bundles, with these names around them: `scriptUrl` (where the
// script came from), `wasmIntegrity` (sha256 of the .wasm), `inlined` (a function that returns
// its bytes, or null), `version`, and `createGlue()` (a new instance each call, because one that trapped
// is replaced).
//
// Rules of this folder: nothing outside our shadow roots is changed; no inline style or script, no
// markup from text (Trusted Types); every failure leaves the last good picture where it is.

// This file: limits, and what is said to readers and programs.

/** Taken while the script is read: what the page puts in their place later is not meant for us. */
const { fetch, Promise, WebAssembly, JSON, setTimeout, clearTimeout } = window;

/** Mebibytes that are read of a feed or a geometry (`Limits` in src/feed and src/geo). */
const MAX_MIB = { feed: 16, geometry: 32 };
/** Time for an answer with its whole body. */
const FETCH_TIMEOUT_MS = 30000;
/** A module that never comes is given up after this, and asked for again. */
const ENGINE_TIMEOUT_MS = 300000;
/** The first pause before a module that failed is asked for again; it doubles up to the last. */
const RETRY_MS = 10000;
const LAST_RETRY_MS = 300000;
/** Layout widths; a narrower box scrolls, a wider one leaves room at the right. */
const MIN_WIDTH_CSS_PX = 280;
const MAX_WIDTH_CSS_PX = 1600;
/** Width used where a picture is wanted of an element that has no size. */
const FALLBACK_WIDTH_CSS_PX = 600;
/** A side beyond this is drawn blank (Chromium), an area beyond this too (iOS Safari). */
const MAX_SIDE_DEVICE_PX = 16384;
const MAX_AREA_DEVICE_PX = 16777216;
/** A widget that breaks the instance this often within a minute is not drawn any more. */
const MAX_TRAPS_A_MINUTE = 3;
/** How far before the view drawing begins: two heights of the view. */
const NEAR_VIEW = "200% 0px";

const TEXTS = {
  unavailable: ["数据暂时无法显示", "The figures cannot be shown at present"],
  outdated: ["更新失败，仍显示此前的数据", "The update failed; the earlier figures are shown"],
};

/** An error in Chinese and English, with a code for programs. */
class ProgressWidgetError extends Error {
  // Not assigned: on a page that froze `Error.prototype`, that would throw.
  get name() {
    return "ProgressWidgetError";
  }
}
const problem = (code, zh, en, cause) => Object.assign(new ProgressWidgetError(`${zh} / ${en}`), { code, zh, en, cause });

/** Throws where a document of so many bytes is not read. */
const checkLength = (length, kind, where) => {
  const most = MAX_MIB[kind];
  if (length > most << 20) throw problem("limit", `${where} 超过 ${most} MiB`, `${where} is over ${most} MiB`);
};
