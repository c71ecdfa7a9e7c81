// Finds entries for a question. `index.json` names the files of the index: shards of words say in which entries a word stands
// and in which of their names, shards of entries hold what is shown. Only those that a question needs are fetched.
// Texts are cut into words by the rules of `src/search/words.rs`.

const DROPPED = /[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u0655\u0670\u00ad\u200c\u200d\u2060]/g;
const PLAIN = { ß: "ss", æ: "ae", œ: "oe", þ: "th", ø: "o", ł: "l", đ: "d", ð: "d", ı: "i", ς: "σ", "’": "'", ʼ: "'" };
const RUN = /[\p{Alphabetic}\p{N}\p{M}]+/gu;
const ENDING = /^'([\p{Alphabetic}\p{N}\p{M}]{1,2})(?![\p{Alphabetic}\p{N}\p{M}])/u;
/** Runs of scripts that put no spaces between words. */
const DENSE = /[\u0e01-\u109f\u1780-\u17ff\u3005-\u3007\u3041-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\u{20000}-\u{3ffff}]+/gu;

/** The words of a text in the form in which they are found: lower case, without accents; scripts without spaces in pairs. */
export function words(text) {
  const folded = text
    .normalize("NFKD")
    .replace(DROPPED, "")
    .toLowerCase()
    .replace(/[ßæœþøłđðıς’ʼ]/g, (letter) => PLAIN[letter])
    .normalize("NFC");
  const found = [];
  let past = 0;
  for (const { 0: run, index } of folded.matchAll(RUN)) {
    if (index < past) continue;
    past = index + run.length;
    // A short ending stays with its word: "runner's", "don't".
    const ending = [...run].length > 1 && ENDING.exec(folded.slice(past));
    if (ending) past += ending[0].length;
    split(ending ? run + ending[1] : run, found);
  }
  return found;
}

function split(run, found) {
  let at = 0;
  for (const { 0: dense, index } of run.matchAll(DENSE)) {
    if (index > at) found.push(run.slice(at, index));
    at = index + dense.length;
    const signs = [...dense];
    if (signs.length === 1) found.push(dense);
    for (let i = 1; i < signs.length; i++) found.push(signs[i - 1] + signs[i]);
  }
  if (at < run.length) found.push(run.slice(at));
}

const isDense = (word) => word.search(DENSE) === 0;

/** How many letters have to be changed, added, dropped or swapped until `a` is `b` or its beginning; `most + 1` if more. */
export function slips(a, b, most) {
  let before = [];
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] !== b[j - 1]));
      if (a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) next[j] = Math.min(next[j], before[j - 2] + 1);
    }
    if (Math.min(...next) > most) return most + 1;
    [before, row] = [row, next];
  }
  return Math.min(...row);
}

/** Other forms of an English word that may stand in a text; with `number` only one and many of it. */
export function forms(word, number = false) {
  const irregular = { foot: "feet", feet: "foot", tooth: "teeth", teeth: "tooth", woman: "women", women: "woman", child: "children", children: "child" };
  const all = Object.hasOwn(irregular, word) ? [irregular[word]] : [];
  const swap = (end, ...others) => {
    if (!word.endsWith(end)) return;
    for (const other of others) all.push(word.slice(0, word.length - end.length) + other);
  };
  swap("ies", "y");
  swap("ves", "f", "fe");
  swap("es", "", "is", "e");
  if (!/(ss|us|is|es)$/.test(word)) swap("s", "");
  swap("f", "ves");
  swap("ve", "f");
  swap("y", "ies");
  swap("is", "es");
  if (!word.endsWith("s")) all.push(`${word}s`);
  for (const end of number ? [] : ["ing", "ed"]) {
    swap(end, "", "e");
    if (new RegExp(`([^aeiou])\\1${end}$`).test(word)) swap(word.at(-end.length - 1) + end, "");
  }
  return all.filter((form) => form.length > 2);
}

/** How well other words fit than the one that was typed, which fits 1. */
const FORM = 0.95, BEGINNING = 0.85, SLIP = 0.6;
/** What an entry counts for that is a part of a page with many others. */
const PART = 0.8;
/** How many entries may stand on top because of their phrases. */
const ON_TOP = 2;

export class Index {
  /** `get` fetches a file of the index by its name. */
  constructor(get) {
    this.get = get;
    this.files = new Map();
  }

  async open() {
    Object.assign(this, await this.get("index.json"));
    this.english = this.language.split("-")[0] === "en";
    return this;
  }

  file(name) {
    if (!this.files.has(name)) this.files.set(name, this.get(name));
    return this.files.get(name);
  }

  /** What is shown of an entry: `[url, name, kind, summary, headings, [heading, texts] of one that may stand on top]`. */
  async entry(number) {
    const shard = await this.file(this.entries[Math.floor(number / this.per_shard)]);
    return shard[number % this.per_shard];
  }

  /** The numbers of the entries that have this value, in the order of the filters and their values. */
  async having(filter, value) {
    return new Set((await this.file(this.filter_lists))[filter][value]);
  }

  /** Words of the index that begin like this with where they stand, from at most so many shards. */
  async beginning(start, most = 3) {
    const from = Math.max(0, this.words.findLastIndex(([first]) => first <= start));
    const likely = this.words.slice(from, from + most).filter(([first], at) => !at || first.startsWith(start));
    const shards = await Promise.all(likely.map(([, name]) => this.file(name)));
    return shards.flatMap((shard) => Object.entries(shard)).filter(([word]) => word.startsWith(start));
  }

  /** The words of the index that a word of the question may stand for: by each how well it fits, and where it stands. */
  async meanings(word) {
    const found = new Map();
    const take = (list, start, best, same) => {
      for (const [other, [texts, names = []]] of list) {
        const fit = other === start ? best : best * BEGINNING * Math.sqrt(start.length / other.length);
        if (!(found.get(other)?.fit >= fit)) found.set(other, { fit, same: same && other === start, texts, names });
      }
    };
    const known = await this.beginning(word, word.length > 2 ? 3 : 1);
    // A pair of signs is whole; a single sign or letter begins too much.
    const whole = isDense(word) ? [...word].length > 1 : word.length === 1;
    take(whole ? known.filter(([other]) => other === word) : known, word, 1, true);
    for (const form of this.forms(word)) {
      take((await this.beginning(form)).filter(([other]) => other === form || form.length > 4), form, FORM, false);
    }
    // A word that hardly any text and no name holds is as likely a slip.
    const rare = ({ texts, names }) => texts.length < 8 && !names.length;
    if (!isDense(word) && [...found.values()].every(rare)) {
      for (const [other, count] of await this.misspelt(word)) {
        take((await this.beginning(other, 1)).filter(([known]) => known === other), other, (SLIP / count) * Math.min(1, word.length / other.length), true);
      }
    }
    return found;
  }

  forms(word, number) {
    return this.english && word.length > 2 ? forms(word, number) : [];
  }

  /** Words with a slip of the finger less, among those with the same beginning and those of names; with how many slips. */
  async misspelt(word) {
    if (word.length < 4) return [];
    const most = word.length < 7 ? 1 : 2;
    const beginning = await this.beginning(word.slice(0, word.length < 5 ? 3 : 2));
    const names = word.length < 5 ? [] : (await this.file(this.name_words)).split(" ");
    const all = [...new Set([...beginning.map(([other]) => other), ...names])];
    const alike = all.filter((other) => Math.abs(other.length - word.length) < 4 && !other.startsWith(word));
    const near = alike.map((other) => [other, slips(word, other, most)]).filter(([, count]) => count <= most);
    return near.sort((a, b) => a[1] - b[1] || a[0].length - b[0].length).slice(0, 12);
  }

  /**
   * Whether all words of a phrase stand side by side in the question, in any order; only fillers may stand among them. A
   * word alone says less than two: of it no other form will do than one and many.
   */
  stands(phrase, typed) {
    const left = new Set();
    const alone = phrase.length === 1;
    const fits = (word, { text, meant }) => {
      const given = alone ? [text] : [text, ...this.forms(text)];
      return [word, ...this.forms(word, alone)].some((form) => given.includes(form) || meant.has(form));
    };
    const filler = (at) => this.fillers.includes(typed[at].text);
    return typed.some((_, from) => {
      phrase.forEach((word) => left.add(word));
      for (let at = from; at < typed.length; at++) {
        const word = [...left].find((word) => fits(word, typed[at]));
        if (word) left.delete(word);
        else if (at === from || !filler(at)) break;
        if (!left.size) return true;
      }
      return false;
    });
  }

  /**
   * The entries for a question, the best first: `{ number, pinned, section }`, and the words of texts that answer it. `fits`
   * says which entries may be among them.
   */
  async find(text, fits) {
    const all = [...new Set(words(text))];
    const wanted = all.filter((word) => !this.fillers.includes(word));
    const asked = (wanted.length ? wanted : all).slice(0, 12);
    const meanings = await Promise.all(asked.map((word) => this.meanings(word)));
    // "breast feeding" is "breastfeeding", too.
    for (let at = 1; at < asked.length; at++) {
      const joined = meanings[at - 1].get(asked[at - 1] + asked[at]);
      if (joined) for (const one of [meanings[at - 1], meanings[at]]) one.set(asked[at - 1] + asked[at], { ...joined, fit: 1, same: true });
    }
    const fillers = wanted.length < all.length ? await this.file(this.filler_names) : {};

    const scored = new Scored(this);
    asked.forEach((word, at) => scored.word(at, [...meanings[at].values()], wanted.length > 0));
    for (const word of all) if (Object.hasOwn(fillers, word)) scored.names(fillers[word][1] ?? [], wanted.length ? 0 : 1, word);
    const sorted = scored.sorted(wanted.length ? asked.length : 0).filter(({ number }) => fits(number));

    // What each word of the question may have been meant for, but for other forms of it.
    const typed = words(text).map((text) => {
      const known = meanings[asked.indexOf(text)] ?? [];
      return { text, meant: new Set([...known].filter(([, { same }]) => same).map(([other]) => other)) };
    });
    const stands = (phrase) => this.stands(phrase.split(" "), typed);
    const pins = this.pins.filter(([number, phrases]) => fits(number) && phrases.some(stands)).slice(0, ON_TOP);
    const top = pins.map(([number]) => ({ number, pinned: true, section: 0 }));
    const others = sorted.filter(({ number }) => !top.some((one) => one.number === number));
    return { found: [...top, ...others], words: new Set([...asked, ...meanings.flatMap((found) => [...found.keys()])]) };
  }
}

/** Adds up what the words of a question count for in each entry. */
class Scored {
  constructor({ count, best, kinds }) {
    Object.assign(this, { count, best, kinds, total: 0, entries: new Map(), named: new Map() });
  }

  /** A word of the question, by its number, with all that it may stand for. Rare words count for more. */
  word(part, meanings) {
    const many = Math.max(1, ...meanings.map(({ texts }) => texts.length / 2));
    const rare = Math.log(1 + this.count / many);
    this.total += rare;
    const best = new Map();
    for (const { fit, texts, names } of meanings) {
      for (let i = 0, number = 0; i < texts.length; i += 2) {
        number += texts[i];
        const text = fit * ((texts[i + 1] % (this.best + 1)) / this.best);
        const section = Math.floor(texts[i + 1] / (this.best + 1));
        if (!(best.get(number)?.text >= text)) best.set(number, { text, fit, section });
      }
      this.names(names, fit * rare, part);
    }
    for (const [number, { text, fit, section }] of best) {
      const entry = this.entry(number);
      entry.got += fit * rare;
      entry.text += text * rare;
      entry.sections.push(section);
    }
  }

  entry(number) {
    if (!this.entries.has(number)) this.entries.set(number, { number, got: 0, text: 0, sections: [] });
    return this.entries.get(number);
  }

  /** The names in which a word stands. */
  names(list, worth, part) {
    for (let i = 0, number = 0; i < list.length; i += 3) {
      number += list[i];
      const key = `${number} ${list[i + 1]}`;
      if (!this.named.has(key)) this.named.set(key, { number, title: list[i + 1] === 0, length: list[i + 2], parts: new Map() });
      const { parts } = this.named.get(key);
      parts.set(part, Math.max(worth, parts.get(part) ?? 0));
    }
  }

  /** Entries that hold most of what was asked for, the best first. */
  sorted(asked) {
    const best = new Map();
    for (const { number, title, length, parts } of this.named.values()) {
      const got = [...parts.values()].reduce((sum, worth) => sum + worth, 0) / (this.total || parts.size);
      const whole = Math.min(1, parts.size / Math.max(1, length));
      best.set(number, Math.max(best.get(number) ?? 0, got * (0.2 + 0.8 * whole ** 2) * (title ? 1 : 0.95)));
      if (!asked) this.entry(number);
    }
    const total = this.total || 1;
    const all = [...this.entries.values()].map(({ number, got, text, sections }) => {
      const name = best.get(number) ?? 0;
      const same = sections.length === asked && sections.every((section) => section === sections[0]);
      const { part } = this.kinds.findLast(({ first }) => first <= number);
      const score = (((got / total) ** 2 * text) / total + 1.6 * name) * (part ? PART : 1);
      return { number, score, most: got > 0.4 * total || name > 0.25, section: same ? sections[0] : 0 };
    });
    all.sort((a, b) => b.score - a.score || a.number - b.number);
    return all.some(({ most }) => most) ? all.filter(({ most }) => most) : all;
  }
}
