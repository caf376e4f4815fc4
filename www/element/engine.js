// The engine: one wasm instance for all widgets of the page.

/** Calls the instance's exports by name; null before the first start and after a death. */
let engine = null;
let starting = null;
let compiling = null;

/** Views that have a handle in the instance or want one. No handle outlives its instance. */
const views = new Set();
/** Does something with each of them; what fails is told, and the others do not care. */
const all = (work) => views.forEach((view) => view.guard(() => work(view)));

/** Why there is no instance, as far as readers must be told; null while one may soon be there. */
let engineProblem = null;
let retrying = 0;
let pause = RETRY_MS;

const cannotLoad = (url, [zh, en], cause) => problem("engine", `无法载入 ${url}：${zh}`, `cannot load ${url}: ${en}`, cause);

const compile = async (url, ear) => {
  if (typeof WebAssembly !== "object") {
    throw cannotLoad(url, ["此浏览器不支持 WebAssembly", "this browser has no WebAssembly"]);
  }
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), ENGINE_TIMEOUT_MS);
  try {
    if (inlined) return await WebAssembly.compile(inlined());
    const { signal } = abort;
    const response = await fetch(url, wasmIntegrity ? { integrity: wasmIntegrity, signal } : { signal });
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    // Streaming demands the right type; many servers do not know it, and bytes compile as well.
    return /^application\/wasm/.test(response.headers.get("content-type") || "")
      ? await WebAssembly.compileStreaming(response)
      : await WebAssembly.compile(await response.arrayBuffer());
  } catch (cause) {
    compiling = null;
    const other = ["文件与脚本不是同一版本", "it is not the file that belongs to the script"];
    throw cannotLoad(url, await explain(url, cause, ear, other), cause);
  } finally {
    clearTimeout(timer);
  }
};

/**
 * Has the browser find the fonts while the module is on its way: for the first Chinese text on a
 * canvas that takes dozens of ms.
 */
const warmFonts = ({ box }) => {
  for (const weight of probe() ? ["", "bold "] : []) {
    probe().font = `${weight}13px ${getComputedStyle(box).fontFamily}`;
    probe().fillText("开工率9%", 0, 9);
  }
};

const start = () => {
  if (starting) return starting;
  const url = new URL("progress-widgets.wasm", scriptUrl || document.baseURI).href;
  // Told when it is late, and drawn if it comes all the same.
  const late = setTimeout(() => {
    const limit = FETCH_TIMEOUT_MS / 1000;
    engineProblem = cannotLoad(url, [`超过 ${limit} 秒`, `more than ${limit} s`]);
    views.forEach((view) => view.wanted && !view.drawn && view.fail(engineProblem));
  }, FETCH_TIMEOUT_MS);
  const ear = hearPolicy(url);
  starting = (async () => {
    try {
      if (!compiling) {
        compiling = compile(url, ear);
        setTimeout(() => all(warmFonts));
      }
      engine = await createGlue(await compiling);
      engineProblem = null;
      pause = RETRY_MS;
      paces.forEach((pace) => pace.revive());
    } catch (cause) {
      // An instance may be refused too: by some engines' policy, or because there are so many.
      engineProblem = cause && cause.zh ? cause : cannotLoad(url, await explain(url, cause, ear), cause);
      // Until then, newcomers get this failure. Quietly: it was told once.
      retrying = setTimeout(() => {
        starting = null;
        start().then(() => all((view) => view.digest()), () => {});
      }, pause);
      pause = Math.min(pause * 2, LAST_RETRY_MS);
      throw engineProblem;
    } finally {
      clearTimeout(late);
      ear.stop();
    }
  })();
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
    return engine(name, args);
  } catch (cause) {
    engine = starting = null;
    for (const each of views) each.handle = 0;
    const now = Date.now();
    view.traps = view.traps.filter((time) => now - time < 60000).concat(now);
    view.stopped = view.traps.length >= MAX_TRAPS_A_MINUTE;
    // Not within this call: whoever made it must first see its error.
    start().then(() => all((each) => each.update()), (error) => view.fail(error));
    throw problem(
      "internal",
      `组件内部出错，正在恢复（${cause}）`,
      `internal error, recovering (${cause})`,
      cause
    );
  }
};
