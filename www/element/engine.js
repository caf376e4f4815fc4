// The engine: one wasm instance for all widgets of the page.

/** The instance's exports; null before the first start and after a death. */
let engine = null;
let starting = null;
let compiling = null;

/** Views that have a handle in the instance or want one. */
const views = new Set();

const compile = async () => {
  const url = new URL("progress-widgets.wasm", scriptUrl || document.baseURI).href;
  try {
    const response = await fetch(url, wasmIntegrity ? { integrity: wasmIntegrity } : {});
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    // Streaming demands the right type; many servers do not know it, and bytes compile as well.
    return /^application\/wasm/.test(response.headers.get("content-type") || "")
      ? await WebAssembly.compileStreaming(response)
      : await WebAssembly.compile(await response.arrayBuffer());
  } catch (cause) {
    compiling = null; // The next widget tries again.
    let why = cause.message;
    if (wasmIntegrity && cause instanceof TypeError) {
      // With a hash, every failure is but "failed to fetch": asked without one, the server tells.
      const answer = await fetch(url).catch(() => null);
      if (answer) why = answer.ok ? "文件与脚本不是同一版本 / not the file that belongs to the script" : `HTTP ${answer.status}`;
    }
    throw problem(
      "engine",
      `无法载入 ${url}（${why}）：请检查文件是否存在、是否允许跨域，以及内容安全策略是否允许 connect-src 与 'wasm-unsafe-eval'`,
      `cannot load ${url} (${why}): check that the file is there, that CORS lets it through, and that the content security policy allows connect-src and 'wasm-unsafe-eval'`,
      cause
    );
  }
};

const start = () => {
  if (!starting) {
    starting = (async () => {
      const module = await (compiling || (compiling = compile()));
      const glue = createGlue();
      await glue({ module_or_path: module });
      engine = glue;
    })();
    starting.catch(() => (starting = null));
  }
  return starting;
};

/**
 * Calls an export. Whatever it throws is the instance's death: after a trap, or after an exception
 * that passed through its frames, its memory can't be trusted. A new one is made, and every widget
 * is rebuilt from the last good bytes, which JavaScript keeps.
 */
const call = (view, name, ...args) => {
  if (!engine) throw problem("engine", "组件尚未就绪：请先 await element.ready", "not ready: await element.ready first");
  try {
    return engine[name](...args);
  } catch (cause) {
    engine = starting = null;
    for (const each of views) each.handle = 0;
    const now = Date.now();
    view.traps = view.traps.filter((time) => now - time < 60000).concat(now);
    view.stopped = view.traps.length >= MAX_TRAPS_A_MINUTE;
    // Not within this call: whoever made it must first see its error.
    start().then(() => views.forEach((each) => each.guard(() => each.update())), (error) => view.fail(error));
    throw problem(
      "internal",
      `组件内部出错，正在恢复（${cause}）`,
      `internal error, recovering (${cause})`,
      cause
    );
  }
};
