//! Lists and mappings that a program writes as literals: `sidebar: [{text: 'Guide', link: '/guide/'}]`, also where they stand in
//! constants and functions that do nothing else. Nothing is run: what is no text, list or mapping is passed over.

use std::cell::Cell;

use crate::yaml::Yaml;

/// Lists and mappings nest no deeper than this.
const DEEPEST: usize = 32;
/// So many names are looked up for one value.
const NAMES: usize = 200;

/// The value of the first key, variable or function of this name whose value is a list or a mapping.
pub(super) fn value_of(program: &str, name: &str) -> Option<Yaml> {
    let names = Cell::new(NAMES);
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$');
    program.match_indices(name).find_map(|(at, _)| {
        let behind = &program[at + name.len()..];
        if program[..at].ends_with(is_part) || behind.starts_with(is_part) {
            return None;
        }
        let behind = behind.trim_start_matches(['\'', '"']).trim_start();
        // `: Type[] = [`, as well as `: [` and `= [`
        let line = behind.split('\n').next().unwrap_or_default();
        let signs = [',', '(', '{', '[', '\'', '"'];
        let is_type = |text: &str| text.starts_with(':') && !bare_type(text).contains(signs);
        let start = match line.find('=').filter(|equal| is_type(&line[..*equal])) {
            Some(equal) => equal + 1,
            None => usize::from(behind.starts_with([':', '='])),
        };
        if start == 0 && name != "default" {
            return None;
        }
        let value = Literal { rest: &behind[start..], program, names: &names }.value(0);
        matches!(value, Yaml::List(_) | Yaml::Map(_)).then_some(value)
    })
}

/// A type without what stands in its brackets: `Theme['nav'][]`, `Record<string, Item[]>`.
fn bare_type(text: &str) -> String {
    let mut open = 0;
    let mut bare = String::new();
    for c in text.chars() {
        open -= i32::from(matches!(c, ']' | '>'));
        bare.extend((open == 0 && !matches!(c, '[' | ']' | '<' | '>')).then_some(c));
        open += i32::from(matches!(c, '[' | '<'));
    }
    bare
}

/// The literal that a constant of this name is, or that a function of this name gives back.
fn meaning<'p>(program: &'p str, name: &str) -> Option<&'p str> {
    let definition = |word: &str| {
        let written = format!("{word} {name}");
        program.match_indices(&written).find_map(|(at, sign)| {
            let behind = &program[at + sign.len()..];
            (!behind.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '$'))).then_some(behind)
        })
    };
    let constant = ["const", "let", "var"].iter().find_map(|word| {
        let behind = definition(word)?;
        let (_, value) = behind.split_once('=')?;
        // An arrow leads to what a function gives back.
        let value = value.trim_start();
        let arrow = value.strip_prefix("()").and_then(|rest| rest.trim_start().strip_prefix("=>"));
        Some(arrow.unwrap_or(value).trim_start())
    });
    let given_back = || definition("function")?.split_once("return").map(|(_, value)| value.trim_start());
    constant.or_else(given_back)
}

/// Reads the literal with which a text begins.
pub(super) fn read(text: &str) -> Yaml {
    Literal { rest: text, program: "", names: &Cell::new(0) }.value(0)
}

struct Literal<'t> {
    rest: &'t str,
    /// Where the meanings of names are looked up, and how many more may be.
    program: &'t str,
    names: &'t Cell<usize>,
}

impl<'t> Literal<'t> {
    fn value(&mut self, depth: usize) -> Yaml {
        self.space();
        match self.rest.chars().next() {
            Some('[') if depth < DEEPEST => self.list(depth),
            Some('{') if depth < DEEPEST => self.mapping(depth),
            // What a program would put into a text is not known.
            Some(quote @ ('\'' | '"' | '`')) => Some(self.quoted(quote))
                .filter(|text| quote != '`' || !text.contains("${"))
                .map_or(Yaml::Null, Yaml::Text),
            // `/** @type {Options} */ ({path: 'docs'})`, `require.resolve('./sidebars.js')`
            Some('(' | 'r') if depth < DEEPEST && self.begins_brackets() => {
                let value = self.value(depth + 1);
                self.skip();
                if self.rest.starts_with(')') {
                    self.step();
                }
                value
            }
            _ => {
                let name = self.name();
                let value = self.named(name, depth);
                self.skip();
                value
            }
        }
    }

    /// The name with which the rest begins.
    fn name(&self) -> &'t str {
        let end = self.rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '$')));
        &self.rest[..end.unwrap_or(self.rest.len())]
    }

    /// What a name means in the program.
    fn named(&self, name: &str, depth: usize) -> Yaml {
        let is_name = name.starts_with(|c: char| c.is_alphabetic() || matches!(c, '_' | '$'));
        if !is_name || depth >= DEEPEST || self.names.get() == 0 {
            return Yaml::Null;
        }
        self.names.set(self.names.get() - 1);
        let meaning = meaning(self.program, name).filter(|text| text.starts_with(['[', '{', '(']));
        meaning.map_or(Yaml::Null, |text| Literal { rest: text, ..*self }.value(depth + 1))
    }

    /// Passes a bracket, or a call that gives the path of a file as it is written, and says whether there was one.
    fn begins_brackets(&mut self) -> bool {
        let rest = self.rest.strip_prefix("require.resolve").unwrap_or(self.rest).strip_prefix('(');
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn list(&mut self, depth: usize) -> Yaml {
        let mut items = Vec::new();
        self.step();
        while self.more(']') {
            match self.rest.strip_prefix("...") {
                Some(rest) => {
                    self.rest = rest;
                    if let Yaml::List(more) = self.value(depth + 1) {
                        items.extend(more);
                    }
                }
                None => items.push(self.value(depth + 1)),
            }
            self.skip();
        }
        Yaml::List(items.into_iter().filter(|item| *item != Yaml::Null).collect())
    }

    fn mapping(&mut self, depth: usize) -> Yaml {
        let mut entries = Vec::new();
        self.step();
        while self.more('}') {
            let key = match self.rest.chars().next() {
                Some(quote @ ('\'' | '"')) => self.quoted(quote),
                _ => {
                    let end =
                        self.rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '$'))).unwrap_or_default();
                    let key = self.rest[..end].to_string();
                    self.rest = &self.rest[end..];
                    key
                }
            };
            self.space();
            if let Some(rest) = self.rest.strip_prefix(':') {
                self.rest = rest;
                entries.push((key, self.value(depth + 1)));
            } else if self.rest.starts_with([',', '}']) {
                // `{ sidebar }` is short for `{ sidebar: sidebar }`
                let value = self.named(&key, depth);
                entries.extend((value != Yaml::Null).then_some((key, value)));
            }
            self.skip();
        }
        Yaml::Map(entries)
    }

    /// Whether another item begins; what ends the list is passed.
    fn more(&mut self, end: char) -> bool {
        loop {
            self.space();
            match self.rest.chars().next() {
                Some(',') => self.step(),
                Some(sign) if sign == end => {
                    self.step();
                    return false;
                }
                // What closes something else closes this, too.
                Some(']' | '}' | ')') => return false,
                next => return next.is_some(),
            }
        }
    }

    /// Passes over what follows up to the end of the item.
    fn skip(&mut self) {
        let mut open = 0;
        loop {
            self.space();
            match self.rest.chars().next() {
                None => return,
                Some(',') if open == 0 => return,
                Some(']' | '}' | ')') if open == 0 => return,
                Some('[' | '{' | '(') => open += 1,
                Some(']' | '}' | ')') => open -= 1,
                Some(quote @ ('\'' | '"' | '`')) => {
                    self.quoted(quote);
                    continue;
                }
                Some(_) => {}
            }
            self.step();
        }
    }

    fn quoted(&mut self, quote: char) -> String {
        let mut text = String::new();
        let mut signs = self.rest.char_indices().skip(1);
        while let Some((at, sign)) = signs.next() {
            match sign {
                '\\' => text.extend(signs.next().map(|(_, sign)| sign)),
                sign if sign == quote => {
                    self.rest = &self.rest[at + sign.len_utf8()..];
                    return text;
                }
                sign => text.push(sign),
            }
        }
        self.rest = "";
        text
    }

    /// Passes over spaces and comments.
    fn space(&mut self) {
        loop {
            self.rest = self.rest.trim_start();
            self.rest = if let Some(comment) = self.rest.strip_prefix("//") {
                comment.split_once('\n').map_or("", |(_, rest)| rest)
            } else if let Some(comment) = self.rest.strip_prefix("/*") {
                comment.split_once("*/").map_or("", |(_, rest)| rest)
            } else {
                return;
            };
        }
    }

    fn step(&mut self) {
        let mut signs = self.rest.chars();
        signs.next();
        self.rest = signs.as_str();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_are_read_and_all_else_is_passed_over() {
        let program = "const sidebar: Sidebar = [ // all\n  { text: 'It\\'s', items: [\"a\", ...more, `b`, `${c}`], on: f({x: ']'}), link },\n  other('x'), /* no */ { 'label': \"C\" },\n];\n";
        let item =
            |entries: &[(&str, Yaml)]| Yaml::Map(entries.iter().map(|(k, v)| (k.to_string(), v.clone())).collect());
        let text = |text: &str| Yaml::Text(text.into());
        let expected = Yaml::List(vec![
            item(&[("text", text("It's")), ("items", Yaml::List(vec![text("a"), text("b")])), ("on", Yaml::Null)]),
            item(&[("label", text("C"))]),
        ]);
        assert_eq!(value_of(program, "sidebar"), Some(expected));
        let named = "const own: Item[] = [{text: 'A'}, ...more]\nconst more = ['b']\nfunction of(): X[] {\n  return [\n 'c' ]\n}\nexport default {themeConfig: {nav: own, sidebar: {'/x/': of(), own}, loop}}\nconst loop = [loop, loop]";
        let own = Yaml::List(vec![item(&[("text", text("A"))]), text("b")]);
        assert_eq!(value_of(named, "nav"), Some(own.clone()));
        let sidebar = item(&[("/x/", Yaml::List(vec![text("c")])), ("own", own)]);
        assert_eq!(value_of(named, "sidebar"), Some(sidebar));
        assert!(value_of(named, "themeConfig").is_some());
        assert_eq!(value_of("sidebar: f(), mysidebar: [], sidebars = []", "sidebar"), None);
        for (program, name) in [
            ("export const nav: ThemeConfig['nav'] = ['c'];", "nav"),
            ("const nav: Record<string, Item[]>[] =\n  ['c'] as const", "nav"),
            (
                "export default defineConfigWithTheme<Theme>({ themeConfig: { nav: ['c'] satisfies Item[], x: 1 } })",
                "nav",
            ),
            ("const nav: Theme[\"nav\"] = ['c'] satisfies X\nexport default { themeConfig: { nav } }", "nav"),
        ] {
            assert_eq!(value_of(program, name), Some(Yaml::List(vec![text("c")])), "{program}");
        }
        let wrapped = read("[({a: 'x'}), {f: ({b}) => { return (b) }, g: 'y'}, 'c']");
        let function = item(&[("f", item(&[])), ("g", text("y"))]);
        let expected = vec![item(&[("a", text("x"))]), function, text("c")];
        assert_eq!(wrapped, Yaml::List(expected));
        for broken in ["{)", "[}", "[", "{a", "{a:", "['", "[[[[", "{,}", "]", "{a: (", "{é: 'ü"] {
            read(broken);
        }
        read(&"[".repeat(100_000));
    }
}
