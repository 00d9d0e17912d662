/** Languages are BCP 47 codes: `vi`, `en`, `zh`. */
export type Lang = string;
export type Scheme = "auto" | "light" | "dark";
export type Launcher = "bubble" | "bar" | "tab" | "none";
export type Position = "end" | "start";

/** As `data-…` on the tag, or in `window.hoiSettings`. */
export interface HoiSettings {
  /** The chat's language; else the page's, else the browser's. */
  lang?: Lang;
  scheme?: Scheme;
  launcher?: Launcher;
  position?: Position;
  /** In a frame, or in a shadow tree of the page: docs/embed.md says what its policy must then allow. */
  mode?: "frame" | "inline";
  /** Open at once. */
  open?: boolean | "" | "true" | "false";
}

/** What each event tells, in `event.detail` and to handlers of `on`. */
export interface HoiEvents {
  /** The panel is there and takes commands without delay. */
  ready: Record<string, never>;
  opened: Record<string, never>;
  closed: Record<string, never>;
  /** A message came. Never what it says. */
  message: { author: "visitor" | "assistant" | "agency" | "staff"; seq: number };
  /** So many messages came while the panel was closed. */
  unread: { count: number };
  /** A person answers from now on. */
  handoff: Record<string, never>;
  /** `load`: the panel could not be loaded; else a code of the edge's. */
  error: { code: string };
}

export interface HoiFinding {
  code: "frame" | "origin" | "away" | "twice" | "way" | "connect" | "wasm";
  /** What to do about it, in Vietnamese. */
  vi: string;
  /** The same in English. */
  en: string;
}

/** `window.Hoi`, once the script has come. */
export interface HoiApi {
  readonly version: 1;
  open(): void;
  close(): void;
  toggle(): void;
  /** Shows the launcher. */
  show(): void;
  /** Hides the launcher, and closes the panel. */
  hide(): void;
  /** Asks, as if the visitor had typed it, and opens the panel. */
  send(text: string): void;
  /** Writes into the composer; the visitor sends it, or not. */
  prefill(text: string): void;
  identify(data: unknown): void;
  setContext(data: unknown): void;
  setLocale(lang: Lang): void;
  setColorScheme(scheme: Scheme): void;
  on<E extends keyof HoiEvents>(event: E, handler: (detail: HoiEvents[E]) => void): void;
  off<E extends keyof HoiEvents>(event: E, handler?: (detail: HoiEvents[E]) => void): void;
  /** The visitor starts over. */
  reset(): void;
  /** What keeps the chat from working on this page; says it in the console, too. */
  check(): Promise<{ ok: boolean; findings: HoiFinding[] }>;
  /** Takes everything out of the page again. */
  destroy(): void;
  /** Calls made before the script has come: `["open"]`, `["send", "…"]`. */
  readonly q: { push(call: [string, ...unknown[]]): void };
}

export interface LoadOptions extends HoiSettings {
  /** The edge's address, `https://hoi.example`. */
  edge: string;
  /** The site's name there. */
  site: string;
  /** The page's nonce, where its policy asks for one. */
  nonce?: string;
}

/** Brings the chat onto the page, once; calling it again gives the same. Rejects outside of a browser. */
export function load(options: LoadOptions): Promise<HoiApi>;

/** Takes it out again, with its script element. */
export function unload(): void;

declare global {
  interface Window {
    Hoi?: HoiApi | { q: [string, ...unknown[]][] };
    hoiSettings?: HoiSettings;
  }
  interface WindowEventMap {
    "hoi:ready": CustomEvent<HoiEvents["ready"]>;
    "hoi:opened": CustomEvent<HoiEvents["opened"]>;
    "hoi:closed": CustomEvent<HoiEvents["closed"]>;
    "hoi:message": CustomEvent<HoiEvents["message"]>;
    "hoi:unread": CustomEvent<HoiEvents["unread"]>;
    "hoi:handoff": CustomEvent<HoiEvents["handoff"]>;
    "hoi:error": CustomEvent<HoiEvents["error"]>;
  }
}
