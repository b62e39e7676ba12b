// The chat page. Text from outside reaches the page only as text nodes and checked addresses, never as markup.

import { STRINGS } from "./strings.js";

/**
 * @typedef {import("./strings.js").Language} Language
 * @typedef {"network" | "timeout" | "server" | "interrupted"} FailureKind
 * @typedef {{title: string, payload: string}} Suggestion
 * @typedef {{title: string, publisher: string, date: string | null, language: string | null, url: string}} Source
 *
 * @typedef {object} Question What the visitor said.
 * @property {"visitor"} from
 * @property {string} text As shown.
 * @property {string} payload As sent.
 * @property {Language} language
 * @property {"pending" | "answered" | FailureKind} state
 * @property {{text: string, language: Language}} [detail] The server's own words about a failure.
 *
 * @typedef {object} Answer
 * @property {"vigie"} from
 * @property {string} text
 * @property {Language} language
 * @property {Source[]} sources
 * @property {string | null} verified YYYY, YYYY-MM or YYYY-MM-DD.
 * @property {string | null} page Path of the fact's own page.
 * @property {Suggestion[]} suggestions
 *
 * @typedef {{version: 1, sender: string, entries: (Question | Answer)[]}} Conversation
 */

const WEBHOOK = "/webhooks/rest/webhook";
const STORED_CONVERSATION = "vigie.conversation";
const STORED_LANGUAGE = "vigie.language";
const ENTRIES_KEPT = 200;
const SHOW_WAIT_MS = 250;
const SLOW_MS = 3_000;
const ABORT_MS = 30_000;
const ROOM_SHOWN_FROM = 0.9;

const NARROW_NO_BREAK_SPACE = "\u202f";
const NO_BREAK_SPACE = "\u00a0";

const log = byId("log");
const status = byId("status");
const suggestions = byId("suggestions");
const composer = byId("composer");
const input = /** @type {HTMLTextAreaElement} */ (byId("input"));
const sendButton = byId("send");
const touch = matchMedia("(pointer: coarse)");

/** @type {Language} */
let language = preferredLanguage();
/** @type {Conversation} */
let conversation = restored();
conversation.entries.forEach((entry) => {
  if (entry.from === "visitor" && entry.state === "pending") entry.state = "interrupted";
});
/** The request under way; null when there is none. @type {AbortController | null} */
let pending = null;

// ------------------------------------------------------------------------------------------------ language and text

/** @param {unknown} tag @returns {Language | null} */
function known(tag) {
  const prefix = String(tag ?? "").slice(0, 2).toLowerCase();
  return prefix === "fr" || prefix === "en" ? prefix : null;
}

/** @returns {Language} */
function preferredLanguage() {
  const candidates = [new URLSearchParams(location.search).get("lang"), recall(STORED_LANGUAGE), ...navigator.languages];
  return candidates.map(known).find(Boolean) ?? "en";
}

/**
 * French text with its no-break spaces. It turns spaces into others and adds none, so that what people typed stays theirs.
 *
 * @param {string} text
 * @param {Language} textLanguage
 */
function typeset(text, textLanguage) {
  if (textLanguage !== "fr") return text;
  return text
    .replace(/[ \u00a0]([;!?])/g, `${NARROW_NO_BREAK_SPACE}$1`)
    .replace(/[ \u202f]([:%»])/g, `${NO_BREAK_SPACE}$1`)
    .replace(/(«|\bn°)[ \u202f]/g, `$1${NO_BREAK_SPACE}`);
}

/**
 * One of the page's own sentences.
 *
 * @param {Exclude<keyof import("./strings.js").Strings, "starters">} key
 * @param {Language} [inLanguage]
 * @param {Record<string, string>} [values]
 */
function say(key, inLanguage = language, values = {}) {
  const text = STRINGS[inLanguage][key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
  return typeset(text, inLanguage);
}

/** Put the interface, or a part of it, into the current language. @param {ParentNode} [root] */
function translate(root = document) {
  /** @type {[string, (node: HTMLElement, text: string) => void][]} */
  const places = [
    ["t", (node, text) => node.replaceChildren(text)],
    ["tLabel", (node, text) => node.setAttribute("aria-label", text)],
    ["tTitle", (node, text) => node.setAttribute("title", text)],
    ["tPlaceholder", (node, text) => node.setAttribute("placeholder", text)],
  ];
  for (const [name, put] of places) {
    const attribute = `data-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    for (const node of /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll(`[${attribute}]`))) {
      put(node, say(/** @type {any} */ (node.dataset[name])));
      // Inside a message, which has a language of its own.
      if (node.closest("article")) node.lang = language;
    }
  }
}

/** @param {Language} chosen */
function setLanguage(chosen) {
  language = chosen;
  document.documentElement.lang = language;
  document.title = say("title");
  for (const button of languageButtons()) {
    button.setAttribute("aria-pressed", String(button.dataset.language === language));
  }
  const greeting = /** @type {HTMLElement | null} */ (log.querySelector(".greeting"));
  if (greeting) greeting.lang = language;
  translate();
  showRoom();
  showSuggestions();
}

function languageButtons() {
  return /** @type {NodeListOf<HTMLButtonElement>} */ (document.querySelectorAll("[data-language]"));
}

/**
 * A date as exact as it is known.
 *
 * @param {string | null} date YYYY, YYYY-MM or YYYY-MM-DD
 * @param {Language} inLanguage
 * @returns {{text: string, iso: string, day: boolean} | null}
 */
function spokenDate(date, inLanguage) {
  const match = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(date ?? "");
  if (!match) return null;
  const [iso, year, month, day] = match;
  const moment = new Date(Date.UTC(Number(year), Number(month ?? 1) - 1, Number(day ?? 1)));
  const text = new Intl.DateTimeFormat(inLanguage === "en" ? "en-GB" : "fr-FR", {
    timeZone: "UTC",
    year: "numeric",
    month: month ? "long" : undefined,
    day: day ? "numeric" : undefined,
  }).format(moment);
  return { iso, day: Boolean(day), text: inLanguage === "fr" ? text.replace(/^1 /, "1er ") : text };
}

// ------------------------------------------------------------------------------------------------------- what is kept

/** Storage may be full, or forbidden. @param {string} key */
function recall(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** @param {string} key @param {string} value */
function keep(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {
    // The page works without; it forgets when it is closed.
  }
}

function save() {
  conversation.entries = conversation.entries.slice(-ENTRIES_KEPT);
  keep(STORED_CONVERSATION, JSON.stringify(conversation));
}

/** @returns {Conversation} */
function restored() {
  try {
    const stored = JSON.parse(recall(STORED_CONVERSATION) ?? "");
    if (stored.version === 1 && typeof stored.sender === "string" && Array.isArray(stored.entries)) return stored;
  } catch {
    // Nothing stored, or not by us.
  }
  return { version: 1, sender: newSender(), entries: [] };
}

function newSender() {
  // randomUUID exists only at secure addresses: not where the page is tried over http from another machine.
  if (crypto.randomUUID) return crypto.randomUUID();
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// ------------------------------------------------------------------------------------------------------------- asking

class Failure extends Error {
  /** @param {FailureKind} kind @param {string} [text] the server's own words @param {Language} [spoken] */
  constructor(kind, text, spoken = language) {
    super(kind);
    this.kind = kind;
    this.detail = text ? { text, language: spoken } : undefined;
  }
}

/**
 * Send one message to the assistant.
 *
 * @param {string} message
 * @param {AbortSignal} signal
 * @returns {Promise<Answer[]>} at least one
 * @throws {Failure}
 */
async function ask(message, signal) {
  let response;
  let body;
  try {
    response = await fetch(WEBHOOK, {
      method: "POST",
      headers: { "Content-Type": "application/json", "Accept-Language": language },
      body: JSON.stringify({ sender: conversation.sender, message, metadata: { language } }),
      signal,
    });
    body = await response.json();
  } catch {
    if (signal.aborted) throw new Failure("timeout");
    throw new Failure(response ? "server" : "network");
  }
  if (!response.ok || !Array.isArray(body)) throw new Failure("server", textOf(body?.error?.message));
  const answers = body.map(readAnswer).filter((answer) => answer.text);
  const broken = body.find((part) => part?.custom?.kind === "error");
  if (broken || !answers.length) {
    throw new Failure("server", textOf(broken?.text), known(broken?.custom.language) ?? language);
  }
  return answers;
}

/** One part of the reply, with nothing taken on trust. @param {any} part @returns {Answer} */
function readAnswer(part) {
  const custom = part?.custom ?? {};
  return {
    from: "vigie",
    text: textOf(part?.text) ?? "",
    language: known(custom.language) ?? language,
    verified: textOf(custom.verified) ?? null,
    page: /^\/knowledge\//.test(textOf(custom.page) ?? "") ? custom.page : null,
    sources: listOf(custom.sources)
      .map((source) => ({
        title: textOf(source?.title) ?? textOf(source?.url) ?? "",
        publisher: textOf(source?.publisher) ?? "",
        date: textOf(source?.date) ?? null,
        language: textOf(source?.language) ?? null,
        url: textOf(source?.url) ?? "",
      }))
      .filter((source) => source.title),
    suggestions: listOf(part?.buttons)
      .map((button) => ({ title: textOf(button?.title) ?? "", payload: textOf(button?.payload) ?? "" }))
      .filter((button) => button.title && button.payload),
  };
}

/** @param {unknown} value @returns {any[]} */
function listOf(value) {
  return Array.isArray(value) ? value : [];
}

/** @param {unknown} value */
function textOf(value) {
  return typeof value === "string" ? value : undefined;
}

/**
 * Say something, unless an answer is still awaited.
 *
 * @param {string} payload
 * @param {string} [text] what to show, where it differs
 * @returns {HTMLElement | null} the message on the page
 */
function submit(payload, text = payload) {
  if (pending || !payload.trim()) return null;
  /** @type {Question} */
  const question = { from: "visitor", text, payload, language, state: "pending" };
  conversation.entries.push(question);
  const article = articleOf(question);
  log.append(article);
  deliver(question, article);
  return article;
}

/** Ask again what got no answer, as the latest message. @param {Question} question @param {HTMLElement} article */
function retry(question, article) {
  if (pending) return;
  conversation.entries = [...conversation.entries.filter((entry) => entry !== question), question];
  log.append(article);
  moveOn(article);
  deliver(question, article);
}

/** @param {Question} question @param {HTMLElement} article */
async function deliver(question, article) {
  const request = new AbortController();
  pending = request;
  const timers = [
    setTimeout(() => showStatus(say("searching")), SHOW_WAIT_MS),
    setTimeout(() => showStatus(say("slow")), SLOW_MS),
    setTimeout(() => request.abort(), ABORT_MS),
  ];
  question.state = "pending";
  question.detail = undefined;
  save();
  showFailure(question, article);
  showBusy();
  article.scrollIntoView();

  /** @type {Answer[]} */
  let answers = [];
  try {
    answers = await ask(question.payload, request.signal);
    question.state = "answered";
    question.language = article.lang = answers[0].language;
  } catch (error) {
    question.state = error instanceof Failure ? error.kind : "server";
    question.detail = error instanceof Failure ? error.detail : undefined;
  }
  timers.forEach(clearTimeout);
  // A new conversation was begun meanwhile.
  if (pending !== request) return;

  pending = null;
  conversation.entries.push(...answers);
  save();
  log.append(...answers.map(articleOf));
  showFailure(question, article);
  showStatus("");
  showBusy();
  article.scrollIntoView();
}

function restart() {
  pending?.abort();
  pending = null;
  conversation = { version: 1, sender: newSender(), entries: [] };
  save();
  showConversation();
  input.focus();
}

// ------------------------------------------------------------------------------------------------------------ showing

/** @param {string} id @returns {HTMLElement} */
function byId(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id));
}

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Partial<HTMLElementTagNameMap[Tag]>} [properties]
 * @param {(Node | string)[]} children
 */
function element(tag, properties = {}, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
}

/**
 * An element that says one of the page's own sentences, in whatever language is chosen.
 *
 * @template {"p" | "button"} Tag
 * @param {Tag} tag
 * @param {string} key of the catalogue
 */
function own(tag, key, className = "") {
  const node = document.createElement(tag);
  node.className = className;
  node.dataset.t = key;
  return node;
}

function showConversation() {
  const greeting = element("article", { className: "entry greeting", lang: language });
  greeting.append(own("p", "assistant", "who"), element("div", { className: "said" }, own("p", "greeting", "text")));
  log.replaceChildren(greeting, ...conversation.entries.map(articleOf));
  translate(log);
  showStatus("");
  showBusy();
}

/** @param {Question | Answer} entry */
function articleOf(entry) {
  const visitor = entry.from === "visitor";
  const article = element("article", { className: `entry ${entry.from}`, lang: entry.language, tabIndex: -1 });
  const said = element("div", { className: "said" });
  article.append(own("p", visitor ? "visitor" : "assistant", "who"), said);
  if (entry.from === "visitor") {
    said.append(element("p", { className: "text" }, typeset(entry.text, entry.language)));
    showFailure(entry, article);
  } else {
    said.append(...answerParts(entry));
  }
  translate(article);
  return article;
}

/** @param {Answer} answer */
function answerParts({ text, language: spoken, sources, verified, page }) {
  // The text ends with a line on its sources, for channels without links.
  const shown = sources.length ? text.replace(/\n+Sources?\s*:[^\n]*\s*$/, "") : text;
  /** @type {HTMLElement[]} */
  const parts = [element("p", { className: "text" }, typeset(shown, spoken))];
  const about = element("div", { className: "about" });
  if (sources.length) about.append(sourceList(sources, spoken));
  const date = spokenDate(verified, spoken);
  if (date) {
    const sentence = say(date.day ? "verified_on" : "verified_in", spoken, { date: date.text });
    about.append(element("p", { className: "verified" }, element("time", { dateTime: date.iso }, sentence)));
  }
  if (page) {
    const link = element("a", { href: page, target: "_blank", rel: "noopener" }, say("page", spoken));
    link.append(element("span", { className: "hidden" }, ` ${say("new_tab", spoken)}`));
    about.append(element("p", { className: "verified" }, link));
  }
  return about.hasChildNodes() ? [...parts, about] : parts;
}

/** @param {Source[]} sources @param {Language} spoken */
function sourceList(sources, spoken) {
  const publishers = [...new Set(sources.map((source) => source.publisher || source.title))];
  const names = publishers.join(spoken === "fr" ? " ; " : "; ");
  const summary = element("summary", {}, say(publishers.length === 1 ? "source" : "sources", spoken, { names }));
  const items = sources.map((source) => {
    const facts = [source.publisher, spokenDate(source.date, spoken)?.text, foreign(source.language, spoken)].filter(Boolean);
    const details = facts.length ? [element("span", { className: "facts" }, typeset(facts.join(" · "), spoken))] : [];
    return element("li", {}, sourceTitle(source, spoken), ...details);
  });
  return element("details", { className: "sources" }, summary, element("ul", {}, ...items));
}

/** A link where the address is one of the web, else plain text. @param {Source} source @param {Language} spoken */
function sourceTitle({ title, url, language: written }, spoken) {
  const lang = /^[a-z]{2,3}$/.test(written ?? "") ? String(written) : spoken;
  const name = element("span", { lang }, typeset(title, known(lang) ?? spoken));
  const href = webAddress(url);
  if (!href) return name;
  const hint = element("span", { className: "hidden" }, ` ${say("new_tab", spoken)}`);
  return element("a", { href, target: "_blank", rel: "noopener noreferrer", hreflang: lang }, name, hint);
}

/** @param {string} url */
function webAddress(url) {
  try {
    const { protocol, href } = new URL(url);
    return protocol === "https:" || protocol === "http:" ? href : null;
  } catch {
    return null;
  }
}

/** The name of a source's language, where it is not that of the answer. @param {string | null} written @param {Language} spoken */
function foreign(written, spoken) {
  if (!written || written === spoken) return "";
  try {
    return new Intl.DisplayNames(spoken, { type: "language" }).of(written) ?? "";
  } catch {
    return "";
  }
}

/** @param {Question} question @param {HTMLElement} article */
function showFailure(question, article) {
  article.querySelector(".failure")?.remove();
  if (question.state === "pending" || question.state === "answered") return;
  const failure = element("div", { className: "failure" });
  const button = own("button", "retry", "retry");
  button.setAttribute("type", "button");
  button.addEventListener("click", () => retry(question, article));
  failure.append(own("p", `failed_${question.state}`));
  if (question.detail) {
    const { text, language: spoken } = question.detail;
    failure.append(element("p", { lang: spoken }, typeset(text, spoken)));
  }
  failure.append(button);
  article.querySelector(".said")?.append(failure);
  translate(failure);
}

/** @param {string} text */
function showStatus(text) {
  status.classList.toggle("waiting", Boolean(text));
  status.replaceChildren(text);
}

/** While an answer is awaited nothing more can be sent, and there is nothing to propose. */
function showBusy() {
  for (const button of [sendButton, ...log.querySelectorAll(".retry")]) button.setAttribute("aria-disabled", String(Boolean(pending)));
  showSuggestions();
}

function showSuggestions() {
  const last = /** @type {Answer | undefined} */ (conversation.entries.filter((entry) => entry.from === "vigie").at(-1));
  const spoken = last?.language ?? language;
  const offered = last?.suggestions ?? STRINGS[language].starters.map((question) => ({ title: question, payload: question }));
  const items = offered.map(({ title, payload }) => {
    const button = element("button", { type: "button", lang: spoken }, typeset(title, spoken));
    button.addEventListener("click", () => {
      const article = submit(payload, title);
      if (article) moveOn(article);
    });
    return element("li", {}, button);
  });
  suggestions.querySelector("ul")?.replaceChildren(...items);
  suggestions.hidden = Boolean(pending) || !items.length;
}

/**
 * The button just used has gone: go on in the message box, without raising a keyboard on a touch screen.
 *
 * @param {HTMLElement} article
 */
function moveOn(article) {
  (touch.matches ? article : input).focus({ preventScroll: true });
}

function showRoom() {
  const used = input.value.length;
  const numbers = new Intl.NumberFormat(language === "en" ? "en-GB" : "fr-FR");
  const shown = used >= input.maxLength * ROOM_SHOWN_FROM;
  byId("room").textContent = shown
    ? say("room", language, { used: numbers.format(used), limit: numbers.format(input.maxLength) })
    : "";
}

/** Let the message box grow with its text, where the browser does not by itself. */
function fitInput() {
  if (CSS.supports("field-sizing", "content")) return;
  input.style.height = "auto";
  input.style.height = `${input.scrollHeight + input.offsetHeight - input.clientHeight}px`;
}

// ----------------------------------------------------------------------------------------------------------- starting

composer.addEventListener("submit", (event) => {
  event.preventDefault();
  if (submit(input.value.trim())) {
    input.value = "";
    fitInput();
    showRoom();
  }
  input.focus({ preventScroll: true });
});

input.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  /** @type {HTMLFormElement} */ (composer).requestSubmit();
});

input.addEventListener("input", () => {
  fitInput();
  showRoom();
});

byId("restart").addEventListener("click", restart);

for (const button of languageButtons()) {
  button.addEventListener("click", () => {
    setLanguage(/** @type {Language} */ (button.dataset.language));
    keep(STORED_LANGUAGE, language);
    // The choice outlives the address's own.
    const address = new URL(location.href);
    address.searchParams.delete("lang");
    history.replaceState(null, "", address);
  });
}

// The same conversation, gone on with in another tab.
addEventListener("storage", (event) => {
  if ((event.key !== STORED_CONVERSATION && event.key !== null) || pending) return;
  conversation = restored();
  showConversation();
});

// What is focused must not hide behind the header or the message box.
const edges = new ResizeObserver(() => {
  const { style } = document.documentElement;
  style.setProperty("--top", `${byId("header").offsetHeight}px`);
  style.setProperty("--bottom", `${composer.offsetHeight}px`);
});
edges.observe(byId("header"));
edges.observe(composer);

for (const node of document.querySelectorAll("#composer, #restart, .languages")) node.removeAttribute("hidden");
showConversation();
setLanguage(language);
[...log.querySelectorAll(".visitor")].at(-1)?.scrollIntoView({ behavior: "instant" });
