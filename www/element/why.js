// Why: what a failed fetch does not say of itself.

/** Time for a question about a failure. */
const PROBE_TIMEOUT_MS = 5000;

/** Listens until `stop()` for a breach of the page's policy by this URL or by WebAssembly. */
const hearPolicy = (url) => {
  const ear = {
    directive: "",
    stop: () => document.removeEventListener("securitypolicyviolation", hear),
  };
  const hear = ({ blockedURI, disposition, effectiveDirective }) => {
    // Of other origins some engines name no more than the origin.
    const ours = /^(wasm-)?eval$/.test(blockedURI) || (blockedURI && url.startsWith(blockedURI));
    if (ours && disposition !== "report") ear.directive = effectiveDirective;
  };
  document.addEventListener("securitypolicyviolation", hear);
  return ear;
};

/** Whatever comes of it, it is over in a few seconds. */
const ask = async (url, options) => {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), PROBE_TIMEOUT_MS);
  try {
    return await fetch(url, { credentials: "omit", signal: abort.signal, ...options });
  } catch (cause) {
    return null;
  } finally {
    clearTimeout(timer);
    abort.abort(); // Nobody wants the body.
  }
};

/**
 * The reason for a failed fetch, in Chinese and English. Asks the server again; `refused` is the
 * reason where the answer is fine, for those who follow redirects.
 */
const explain = async (url, cause, ear, refused) => {
  await new Promise((done) => setTimeout(done)); // The policy's event comes in a task of its own.
  if (ear.directive) {
    return [`被内容安全策略（CSP）的 ${ear.directive} 拦截`, `the content security policy's ${ear.directive} forbids it`];
  }
  const message = (cause && cause.message) || String(cause);
  const said = [message, message];
  if (!(cause instanceof TypeError)) return said; // It said why.
  if (/^file:/.test(url)) return ["以文件方式打开的网页不能读文件", "a page opened as a file reads no files"];
  if (/^http:/.test(url) && location.protocol === "https:") return ["https 网页不能读取 http 地址", "a page by https cannot read http"];
  const answer = await ask(url, refused ? {} : { redirect: "manual" });
  if (answer && answer.type === "opaqueredirect") return ["发生重定向", "it redirects"];
  if (answer && !answer.ok) return [`HTTP ${answer.status}`, `HTTP ${answer.status}`];
  if (answer) return refused || said;
  if (await ask(url, { mode: "no-cors" })) return ["服务器未允许跨域（CORS）", "the server does not let other origins read it (CORS)"];
  return [`没有应答（${message}）`, `no answer (${message})`];
};
