// Types of progress-widgets.mjs: for `import { ProgressWidgets } from "./progress-widgets.mjs"`.
export * from "./progress-widgets.js";
