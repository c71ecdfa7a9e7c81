//! The language of texts by their letters, where these are those of one language or of few.

/// So much of each text is looked at, in bytes.
const LOOKED_AT: usize = 4_000;

/// How often letters of a script stand in texts.
#[derive(Default)]
pub(super) struct Scripts {
    latin: usize,
    others: [usize; SCRIPTS.len()],
    kana: usize,
    /// Letters that Ukrainian and Persian have, and Russian and Arabic do not.
    ukrainian: usize,
    persian: usize,
}

/// The ranges of letters, each with the language that is written with them most.
const SCRIPTS: [(char, char, &str); 21] = [
    ('\u{4e00}', '\u{9fff}', "zh"),
    ('\u{ac00}', '\u{d7a3}', "ko"),
    ('\u{400}', '\u{4ff}', "ru"),
    ('\u{600}', '\u{6ff}', "ar"),
    ('\u{370}', '\u{3ff}', "el"),
    ('\u{590}', '\u{5ff}', "he"),
    ('\u{e00}', '\u{e7f}', "th"),
    ('\u{900}', '\u{97f}', "hi"),
    ('\u{980}', '\u{9ff}', "bn"),
    ('\u{a00}', '\u{a7f}', "pa"),
    ('\u{a80}', '\u{aff}', "gu"),
    ('\u{b80}', '\u{bff}', "ta"),
    ('\u{c00}', '\u{c7f}', "te"),
    ('\u{c80}', '\u{cff}', "kn"),
    ('\u{d00}', '\u{d7f}', "ml"),
    ('\u{d80}', '\u{dff}', "si"),
    ('\u{e80}', '\u{eff}', "lo"),
    ('\u{1000}', '\u{109f}', "my"),
    ('\u{10a0}', '\u{10ff}', "ka"),
    ('\u{530}', '\u{58f}', "hy"),
    ('\u{1780}', '\u{17ff}', "km"),
];

impl Scripts {
    /// Counts the letters at the beginning of a text.
    pub fn count(&mut self, text: &str) {
        let text = &text[..text.floor_char_boundary(LOOKED_AT)];
        if text.is_ascii() {
            self.latin += text.bytes().filter(u8::is_ascii_alphabetic).count();
            return;
        }
        for c in text.chars() {
            match c {
                c if c.is_ascii_alphabetic() => self.latin += 1,
                '\0'..='\u{36f}' => {}
                '\u{3041}'..='\u{30ff}' => self.kana += 1,
                _ => {
                    if let Some(at) = SCRIPTS.iter().position(|(first, last, _)| (*first..=*last).contains(&c)) {
                        self.others[at] += 1;
                    }
                    self.ukrainian += usize::from(matches!(c, '\u{456}' | '\u{457}' | '\u{454}' | '\u{491}'));
                    self.persian += usize::from(matches!(c, '\u{67e}' | '\u{686}' | '\u{698}' | '\u{6af}' | '\u{6cc}'));
                }
            }
        }
    }

    /// The language, where most letters say one. Names and code in a text are Latin whatever its language.
    pub fn language(&self) -> Option<&'static str> {
        let (at, count) = self.others.iter().enumerate().max_by_key(|(at, count)| (**count, usize::MAX - at))?;
        let language = SCRIPTS[at].2;
        // A sign of these stands for a syllable or a word.
        let weight = if matches!(language, "zh" | "ko") || self.kana > *count { 4 } else { 2 };
        let (count, language) = match language {
            _ if self.kana * 10 > count + self.kana => (count + self.kana, "ja"),
            "ru" if self.ukrainian * 40 > *count => (*count, "uk"),
            "ar" if self.persian * 40 > *count => (*count, "fa"),
            language => (*count, language),
        };
        (count > 0 && count * weight > self.latin).then_some(language)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_say_a_language() {
        for (text, language) in [
            ("Leeks and peas, caf\u{e9}", None),
            ("", None),
            ("\u{306d}\u{304e}\u{306f}\u{91ce}\u{83dc}\u{3067}\u{3059}\u{3002} npm", Some("ja")),
            ("\u{97ed}\u{8471}\u{662f}\u{852c}\u{83dc} let", Some("zh")),
            ("\u{d30c}\u{b294} \u{cc44}\u{c18c}", Some("ko")),
            ("\u{41b}\u{443}\u{43a} \u{2014} \u{43e}\u{432}\u{43e}\u{449}", Some("ru")),
            ("\u{426}\u{438}\u{431}\u{443}\u{43b}\u{44f} \u{456} \u{457}\u{457}", Some("uk")),
            ("\u{3c0}\u{3c1}\u{3ac}\u{3c3}\u{3bf}", Some("el")),
            ("One word of it: \u{3c0}\u{3c1}\u{3ac}", None),
        ] {
            let mut scripts = Scripts::default();
            scripts.count(text);
            assert_eq!(scripts.language(), language, "{text}");
        }
    }
}
