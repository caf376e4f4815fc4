/**
 * `<progress-widget>`: construction progress as figures, bars and maps from one JSON feed.
 *
 * ```html
 * <script defer src="progress-widgets.js"></script>
 * <progress-widget kind="bars" src="feed.json"></progress-widget>
 * ```
 *
 * Attributes (all optional; a value that can't be used is told in the console, and the default
 * stands in for it):
 *
 * | attribute | value | default |
 * |---|---|---|
 * | `kind` | `summary`, `bars`, `map`, `board`, `table`, `coverage`, `stages`, `teams`, `grades`, `grid`, `trend`, `pace`, `milestones`, `towns`, `clusters` | `summary` |
 * | `src` | URL of the feed | – |
 * | `refresh` | seconds between two requests of the feed, 5 at least | it is fetched once |
 * | `stream` | URL of server-sent events that bring or announce new feeds; `refresh` is then 60 unless given | – |
 * | `geometry` | URL of a GeoJSON or TopoJSON map | – |
 * | `heading` | the title's text; `feed`: the feed's own title | the feed's title for `summary`, else what is shown |
 * | `metric` | `start`, `completion`, `investment` | `start` |
 * | `show` | `rate`, `count`: what `trend` draws | `rate` |
 * | `level` | `province`, `city`, `district`, `zone`, `town` | the coarsest with figures |
 * | `parent` | code of 6, 9 or 12 digits: only what belongs to it; `trend`: its own history | – |
 * | `by` | `regions`, `categories`, `total` (`stages`, `bars`) | `regions` |
 * | `sort` | `value`, `name`, `feed` | `value` |
 * | `since` | `bars`, `table`: `last`, or a day, `2020-06-30` or `2020-06`: compared with the latest earlier figures up to then | –; of `table` `last` |
 * | `limit` | 1 to 10000 rows; of a table those in view, the others by scrolling | 200; of a table all up to 40, or else 15 |
 * | `kinds` | of `board`: names of kinds, such as `summary,map,bars` | what the feed has figures for |
 * | `shape` | `coverage`: `dots`, `bars`, `matrix` | by the figures |
 * | `breaks` | class bounds of the map: `0.5,0.8,0.9` or `50%,80%,90%` | from the figures |
 * | `projection` | `mercator`, `equirectangular`, `equirectangular:30` | equirectangular at the middle |
 * | `require-review-number` | a map without 审图号 is not drawn | off |
 * | `lang` | BCP 47 tag | the feed's |
 * | `scheme` | `light`, `dark`, `auto` (as the reader's system says) | `light`, as most portals are |
 * | `theme` | `news`, `government` (red and gold), `quiet`, `contrast`; `light`, `dark`, `auto`: `news` in that scheme. Readers whose system asks for more contrast get `contrast`, light or dark as their system is | `news` |
 * | `background` | `solid`, `none` | `solid` |
 * | `size` | `normal`, `senior` (nothing below 18 px) | `normal` |
 * | `motion` | `none`: no transitions | – |
 *
 * Colours are CSS custom properties, any opaque CSS colour: `--pw-ground`, `--pw-ink`, `--pw-mute`,
 * `--pw-accent`, `--pw-target`, `--pw-track`, `--pw-grid`, `--pw-hatch`, `--pw-class-1` to
 * `--pw-class-5`. The font is the element's `font-family`, where the page sets one.
 *
 * Children are a static picture: they are shown until the first picture is drawn, and for good
 * where none can be. Without children, a plain table of the feed's figures takes that place.
 */

/** A feed, version 1: see feed.schema.json. */
export interface Feed {
  feed: "progress-widgets/1";
  as_of: string;
  [field: string]: unknown;
}

/** What {@link ProgressWidget.render} takes: an object, JSON text, or its bytes (UTF-8). */
export type FeedInput = Feed | object | string | ArrayBuffer | ArrayBufferView;

/** GeoJSON or TopoJSON: an object, JSON text, or its bytes (UTF-8). */
export type GeometryInput = object | string | ArrayBuffer | ArrayBufferView;

/** One thing in a document that could not be used as it stands. */
export interface Notice {
  /** Empty where the notice counts further ones. */
  document: "feed" | "geometry" | "";
  /** JSON path, such as `$.regions[3].rate`. */
  path: string;
  /** From 1; 0: unknown. In the JSON text, also where an object was given. */
  line: number;
  column: number;
  /** The sentence in Chinese and in English. */
  zh: string;
  en: string;
}

/** What is thrown, and what `ready` is rejected with. `message` holds both languages. */
export interface ProgressWidgetError extends Error {
  name: "ProgressWidgetError";
  /**
   * - `feed`, `geometry`: the document can't be used;
   * - `type`: neither object nor text nor bytes;
   * - `limit`: too long;
   * - `url`, `network`, `http`, `timeout`: the document can't be had;
   * - `engine`: the module can't be had, or is not ready yet;
   * - `canvas`: the browser gives no canvas;
   * - `internal`: a fault of ours; the widget recovers by itself.
   */
  code:
    | "feed"
    | "geometry"
    | "type"
    | "limit"
    | "url"
    | "network"
    | "http"
    | "timeout"
    | "engine"
    | "canvas"
    | "internal";
  zh: string;
  en: string;
}

/**
 * Detail of `progress-widget-ready`, which comes once: the first picture is drawn, or the module
 * runs and no feed is named. Where `ready` was rejected, it comes when a picture is drawn after all.
 */
export interface ReadyDetail {
  version: string;
}

/** Detail of `progress-widget-update`: a picture of new figures or options is drawn. */
export interface UpdateDetail {
  reason: "feed" | "geometry" | "options";
  /** The day that the figures describe, `YYYY-MM-DD`. */
  asOf: string;
  /** Seconds since 1970, or null where the feed does not say. */
  published: number | null;
  /** When these figures last came from `src`, milliseconds since 1970; null where none came. */
  fetchedAt: number | null;
  /**
   * The figures are old, and a line beside the picture says so: twice `expected_every` has passed,
   * requests have failed for two intervals, or they are from before a reload.
   */
  stale: boolean;
  /** What the widget tells beside the picture, one line each. */
  remarks: string[];
  /** CSS pixels. */
  width: number;
  height: number;
}

/**
 * Detail of `progress-widget-error`: something asked for failed; the last good picture stays. Of a
 * feed that is fetched again and again, a failure is told once and not at each attempt.
 */
export interface ErrorDetail {
  code: ProgressWidgetError["code"];
  message: string;
  zh: string;
  en: string;
}

/** Detail of `progress-widget-select`: a reader clicked on a region or category, or pressed Enter. */
export interface SelectDetail {
  /** Code or id; empty for the whole. */
  id: string;
  label: string;
  /** Exact figures as published. */
  lines: string[];
  /** Row of the tables in the shadow root, counted through all of them; -1: none. */
  row: number;
}

/** The element. Its shadow root is open and holds real tables of the figures drawn. */
export class ProgressWidget extends HTMLElement {
  /**
   * Resolves with the element once the module runs and, where a feed was named, its first picture
   * is drawn. Rejects with a {@link ProgressWidgetError} at the first failure before that: of the
   * module, the feed, the map or the stream, also where an attribute is no URL. It is settled once:
   * what is mended later is told by `progress-widget-ready`. Who never asks sees no unhandled
   * rejection.
   *
   * An element far from the view, or in a hidden container, is drawn at once when this is asked.
   */
  readonly ready: Promise<ProgressWidget>;

  /**
   * The feed given by the page: takes the place of `src` until it is null. Drawn as soon as the
   * module runs and the element is near the view; failures are told by `progress-widget-error`.
   */
  get feed(): FeedInput | undefined;
  set feed(feed: FeedInput | null | undefined);

  /**
   * Parses and draws before it returns; call it after `ready`. Without an argument the present
   * feed is drawn.
   *
   * @throws ProgressWidgetError where the feed can't be used; the last good picture stays.
   */
  render(feed?: FeedInput): void;

  /**
   * As {@link render}, for the map; null goes back to the attribute's.
   *
   * @throws ProgressWidgetError where the map can't be used; the last good one stays.
   */
  setGeometry(geometry: GeometryInput | null): void;

  /** Reads the page's colours and fonts anew: call it after a change of theme. */
  refresh(): void;

  /** The picture as a standalone SVG document; empty without a feed. Call it after `ready`. */
  toSVG(): string;

  /**
   * The picture in a sentence, figures as published: "…，截至2020年9月30日：…". Empty before the
   * first picture.
   */
  readonly summary: string;

  /**
   * Puts {@link summary} on the clipboard. Rejects where the browser forbids it: call it in answer
   * to a click, on a page served by HTTPS.
   */
  copyText(): Promise<void>;

  /** What could not be used of the documents. */
  readonly notices: Notice[];

  addEventListener<K extends keyof ProgressWidgetEventMap>(
    type: K,
    listener: (this: ProgressWidget, event: ProgressWidgetEventMap[K]) => unknown,
    options?: boolean | AddEventListenerOptions
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions
  ): void;
  removeEventListener<K extends keyof ProgressWidgetEventMap>(
    type: K,
    listener: (this: ProgressWidget, event: ProgressWidgetEventMap[K]) => unknown,
    options?: boolean | EventListenerOptions
  ): void;
  removeEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | EventListenerOptions
  ): void;
}

/** Events of the element; all bubble and are composed. */
export interface ProgressWidgetEventMap extends HTMLElementEventMap {
  "progress-widget-ready": CustomEvent<ReadyDetail>;
  "progress-widget-update": CustomEvent<UpdateDetail>;
  "progress-widget-error": CustomEvent<ErrorDetail>;
  "progress-widget-select": CustomEvent<SelectDetail>;
}

/** The library. The first copy of the script on a page is in charge; later ones do nothing. */
export const ProgressWidgets: {
  readonly version: string;
  readonly ProgressWidget: typeof ProgressWidget;
  /**
   * Makes widgets of every `<div data-progress-widget data-kind="bars" data-src="…">` in `root`
   * (the document) and of `root` itself, and takes over the present `data-*` of those that are
   * widgets already. Runs by itself when the page has loaded; call it for content that comes late,
   * as often as you like. Each div gets a shadow root with a `<progress-widget>` in it, which is
   * what is returned; the div, its attributes and its children stay as they are.
   */
  process(root?: Document | DocumentFragment | Element): ProgressWidget[];
};

declare global {
  interface HTMLElementTagNameMap {
    "progress-widget": ProgressWidget;
  }
  // Elements, the document and the window: the events bubble.
  interface GlobalEventHandlersEventMap {
    "progress-widget-ready": CustomEvent<ReadyDetail>;
    "progress-widget-update": CustomEvent<UpdateDetail>;
    "progress-widget-error": CustomEvent<ErrorDetail>;
    "progress-widget-select": CustomEvent<SelectDetail>;
  }
  interface Window {
    readonly ProgressWidgets: typeof ProgressWidgets;
  }
}
