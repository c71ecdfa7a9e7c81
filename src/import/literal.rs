//! Lists and mappings that a program writes as literals: `sidebar: [{text: 'Guide', link: '/guide/'}]`. Nothing is run: what is
//! no text, list or mapping is passed over.

use crate::yaml::Yaml;

/// Lists and mappings nest no deeper than this.
const DEEPEST: usize = 32;

/// The value of the first key, variable or function of this name whose value is a list or a mapping.
pub(super) fn value_of(program: &str, name: &str) -> Option<Yaml> {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    program.match_indices(name).find_map(|(at, _)| {
        let behind = &program[at + name.len()..];
        if program[..at].ends_with(is_part) || behind.starts_with(is_part) {
            return None;
        }
        let behind = behind.trim_start_matches(['\'', '"']).trim_start();
        // `: Type = [`, as well as `: [` and `= [`
        let line = behind.split('\n').next().unwrap_or_default();
        let is_type = |text: &str| text.starts_with(':') && !text.contains([',', '(', '{', '[', '\'', '"']);
        let start = match line.find('=').filter(|equal| is_type(&line[..*equal])) {
            Some(equal) => equal + 1,
            None => usize::from(behind.starts_with([':', '='])),
        };
        let value = behind[start..].trim_start();
        ((start > 0 || name == "default") && value.starts_with(['[', '{'])).then(|| read(value))
    })
}

/// Reads the literal with which a text begins.
pub(super) fn read(text: &str) -> Yaml {
    Literal { rest: text }.value(0)
}

struct Literal<'t> {
    rest: &'t str,
}

impl Literal<'_> {
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
                self.skip();
                Yaml::Null
            }
        }
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
            items.push(self.value(depth + 1));
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
        assert_eq!(value_of("sidebar: f(), mysidebar: [], sidebars = []", "sidebar"), None);
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
