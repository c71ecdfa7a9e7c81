//! Every word on a page that does not come from the content: a table of texts by id, in the language of the site, with its plural
//! forms; and how the language writes days and numbers, and in which direction.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::OnceLock;

use icu_calendar::{Date as CalendarDate, Gregorian};
use icu_datetime::FixedCalendarDateTimeFormatter;
use icu_datetime::fieldsets::YMD;
use icu_decimal::DecimalFormatter;
use icu_decimal::input::Decimal;
use icu_decimal::options::{DecimalFormatterOptions, GroupingStrategy};
use icu_locale::LocaleDirectionality;
use icu_locale_core::Locale;
use icu_plurals::{PluralCategory, PluralRules};

use crate::hash::{Hash, Hasher};
use crate::html::escape;
use crate::model::value::Date;
use crate::yaml::{self, Yaml};

/// The texts of the theme by language. The first language has every text.
pub const BUILT_IN: &[(&str, &str)] =
    &[("en", include_str!("../../theme/texts/en.yaml")), ("de", include_str!("../../theme/texts/de.yaml"))];

/// The forms that a text with a number may have.
pub const FORMS: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// One text: a pattern with `{names}` in it, or one for each plural form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TextPattern {
    /// The same for every number.
    Plain(String),
    /// By plural form.
    Forms(BTreeMap<String, String>),
}

impl TextPattern {
    /// Reads a pattern, or patterns by plural form; none where it is neither.
    pub fn of(yaml: &Yaml) -> Option<Self> {
        match yaml {
            Yaml::Text(text) => Some(Self::Plain(text.clone())),
            Yaml::Map(forms) => {
                let form = |(form, text): &(String, Yaml)| Some((form.clone(), text.as_text()?.to_string()));
                forms.iter().map(form).collect::<Option<_>>().map(Self::Forms)
            }
            _ => None,
        }
    }

    /// The text as it is written in a table.
    pub fn written(&self) -> String {
        let quoted = |text: &String| format!("\"{}\"", text.replace('"', "\\\""));
        match self {
            Self::Plain(text) => quoted(text),
            Self::Forms(forms) => {
                let forms: Vec<_> = forms.iter().map(|(form, text)| format!("{form}: {}", quoted(text))).collect();
                format!("{{{}}}", forms.join(", "))
            }
        }
    }

    /// The names in braces.
    pub fn names(&self) -> Vec<&str> {
        let patterns: Vec<&String> = match self {
            Self::Plain(pattern) => vec![pattern],
            Self::Forms(forms) => forms.values().collect(),
        };
        let parts = patterns.into_iter().flat_map(|pattern| pattern.split('{').skip(1));
        let mut names: Vec<&str> = parts.filter_map(|part| part.split_once('}')).map(|(name, _)| name).collect();
        names.sort_unstable();
        names.dedup();
        names
    }
}

/// Whether this is the code of a language: `de`, `en-GB`, `zh-Hant-TW`.
pub fn is_language(code: &str) -> bool {
    let primary = code.split('-').next().unwrap_or_default();
    (2..=3).contains(&primary.len()) && !code.contains('_') && Locale::try_from_str(code).is_ok()
}

/// The texts of a site in its language.
pub struct Texts {
    by_id: BTreeMap<String, TextPattern>,
    /// The ids of those that are English only because the language has none.
    pub missing: Vec<String>,
    plurals: Option<PluralRules>,
    dates: Option<FixedCalendarDateTimeFormatter<Gregorian, YMD>>,
    numbers: Option<DecimalFormatter>,
    amounts: Option<DecimalFormatter>,
    right_to_left: bool,
}

impl Texts {
    /// The texts of the theme in a language, with these of the site in place of the same ids.
    pub fn of(language: &str, own: BTreeMap<String, TextPattern>) -> Self {
        let mut by_id = built_in("en").expect("the theme has English texts").clone();
        let theirs = built_in(language.split('-').next().unwrap_or_default()).cloned().unwrap_or_default();
        let known = |id: &String| theirs.contains_key(id) || own.contains_key(id);
        let missing = by_id.keys().filter(|id| !known(id)).cloned().collect();
        by_id.extend(theirs);
        by_id.extend(own);
        let locale = locale(language);
        let decimal = |grouping| {
            let mut options = DecimalFormatterOptions::default();
            options.grouping_strategy = Some(grouping);
            DecimalFormatter::try_new((&locale).into(), options).ok()
        };
        Self {
            by_id,
            missing,
            plurals: PluralRules::try_new_cardinal((&locale).into()).ok(),
            dates: FixedCalendarDateTimeFormatter::try_new((&locale).into(), YMD::long()).ok(),
            numbers: decimal(GroupingStrategy::Never),
            amounts: decimal(GroupingStrategy::Min2),
            right_to_left: LocaleDirectionality::new_common().is_right_to_left(&locale.id),
        }
    }

    /// The ids of all texts.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.by_id.keys().map(String::as_str)
    }

    /// A text as it stands in the table.
    pub fn text(&self, id: &str) -> Option<&TextPattern> {
        self.by_id.get(id)
    }

    /// A text without names in it.
    pub fn get(&self, id: &str) -> &str {
        match self.by_id.get(id) {
            Some(TextPattern::Plain(text)) => text,
            Some(TextPattern::Forms(forms)) => forms.get("other").map_or("", String::as_str),
            None => "",
        }
    }

    /// A text with these values in the place of its names. The number `n` decides which plural form it is, and is written as
    /// the language writes amounts.
    pub fn say(&self, id: &str, values: &[(&str, &str)]) -> String {
        let number = number_of(values);
        filled(self.pattern(id, number), &self.with_amount(values, number))
    }

    /// The same as HTML: the values are HTML already.
    pub fn say_html(&self, id: &str, values: &[(&str, &str)]) -> String {
        let number = number_of(values);
        filled(&escape(self.pattern(id, number)), &self.with_amount(values, number))
    }

    /// The text for a number, with its names in braces.
    fn pattern(&self, id: &str, number: Option<u64>) -> &str {
        match self.by_id.get(id) {
            None => "",
            Some(TextPattern::Plain(pattern)) => pattern,
            Some(TextPattern::Forms(forms)) => {
                let form = number.map_or("other", |number| self.form(number));
                forms.get(form).or_else(|| forms.get("other")).map_or("", String::as_str)
            }
        }
    }

    fn with_amount<'v>(&self, values: &[(&'v str, &'v str)], number: Option<u64>) -> Vec<(&'v str, Cow<'v, str>)> {
        let written = |(name, value): &(&'v str, &'v str)| match number {
            Some(number) if *name == "n" => (*name, self.amount(number).into()),
            _ => (*name, Cow::Borrowed(*value)),
        };
        values.iter().map(written).collect()
    }

    /// The plural forms that the language has for numbers of things. What it has for fractions and for millions alone
    /// is not asked of anybody.
    pub fn forms(&self) -> Vec<&'static str> {
        let used: BTreeSet<_> = (0..=200).map(|number| self.form(number)).collect();
        FORMS.into_iter().filter(|form| used.contains(form)).collect()
    }

    /// Which plural form a number takes.
    fn form(&self, number: u64) -> &'static str {
        match self.plurals.as_ref().map(|rules| rules.category_for(number)) {
            Some(PluralCategory::Zero) => "zero",
            Some(PluralCategory::One) => "one",
            Some(PluralCategory::Two) => "two",
            Some(PluralCategory::Few) => "few",
            Some(PluralCategory::Many) => "many",
            Some(PluralCategory::Other) | None => "other",
        }
    }

    /// A day as the language writes it: `4 March 2026`, `4. März 2026`.
    pub fn date(&self, date: Date) -> String {
        let (year, month, day) = date.parts();
        let shown = CalendarDate::try_new_gregorian(year.into(), month, day).ok();
        let shown = shown.and_then(|day| Some(self.dates.as_ref()?.format(&day).to_string()));
        shown.unwrap_or_else(|| date.to_string())
    }

    /// A number with the decimal sign and the digits of the language; nothing parts its thousands, since it may be a year or
    /// a number by which something is called.
    pub fn number(&self, number: impl ToString) -> String {
        written(self.numbers.as_ref(), number.to_string())
    }

    /// A number of something, the thousands of which are parted: `12,000`, `12.000`.
    pub fn amount(&self, number: impl ToString) -> String {
        written(self.amounts.as_ref(), number.to_string())
    }

    /// `rtl` where the language is written from right to left, else `ltr`.
    pub fn direction(&self) -> &'static str {
        if self.right_to_left { "rtl" } else { "ltr" }
    }

    /// The hash of all texts.
    pub fn hash(&self) -> Hash {
        let mut hasher = Hasher::new();
        for (id, text) in &self.by_id {
            hasher.text(id).text(&format!("{text:?}"));
        }
        hasher.finish()
    }
}

impl fmt::Debug for Texts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Texts").field("by_id", &self.by_id).finish_non_exhaustive()
    }
}

fn number_of(values: &[(&str, &str)]) -> Option<u64> {
    values.iter().find(|(name, _)| *name == "n").and_then(|(_, number)| number.parse().ok())
}

/// A pattern with these values in the place of its names.
fn filled(pattern: &str, values: &[(&str, Cow<'_, str>)]) -> String {
    let (mut said, mut rest) = (String::with_capacity(pattern.len() + 16), pattern);
    while let Some((before, behind)) = rest.split_once('{') {
        said.push_str(before);
        let known = behind.split_once('}').and_then(|(name, behind)| {
            let (_, value) = values.iter().find(|(known, _)| *known == name)?;
            Some((value, behind))
        });
        match known {
            Some((value, behind)) => {
                said.push_str(value);
                rest = behind;
            }
            None => {
                said.push('{');
                rest = behind;
            }
        }
    }
    said.push_str(rest);
    said
}

/// A number as a language writes it; as programs do where nothing is known of the language.
fn written(format: Option<&DecimalFormatter>, plain: String) -> String {
    let decimal = Decimal::try_from_str(&plain).ok();
    decimal.and_then(|decimal| Some(format?.format(&decimal).to_string())).unwrap_or(plain)
}

/// The texts that the theme has in a language.
fn built_in(language: &str) -> Option<&'static BTreeMap<String, TextPattern>> {
    static READ: [OnceLock<Option<BTreeMap<String, TextPattern>>>; BUILT_IN.len()] =
        [const { OnceLock::new() }; BUILT_IN.len()];
    let at = BUILT_IN.iter().position(|(name, _)| *name == language)?;
    let read = || {
        let Ok(Yaml::Map(entries)) = yaml::parse(BUILT_IN[at].1) else { return None };
        entries.into_iter().map(|(id, value)| Some((id, TextPattern::of(&value)?))).collect()
    };
    READ[at].get_or_init(read).as_ref()
}

/// The locale of a language. What is no language is English, and English of no country writes days as most of the world does.
fn locale(language: &str) -> Locale {
    let tag = if language.eq_ignore_ascii_case("en") { "en-001" } else { language };
    Locale::try_from_str(tag).unwrap_or_else(|_| Locale::try_from_str("en-001").unwrap_or(Locale::UNKNOWN))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(language: &str) -> Texts {
        Texts::of(language, BTreeMap::new())
    }

    #[test]
    fn every_language_of_the_theme_has_every_text_with_the_same_names() {
        let english = texts("en");
        for (language, _) in BUILT_IN {
            let own = texts(language);
            assert!(own.missing.is_empty(), "{language}: {:?}", own.missing);
            assert_eq!(own.ids().collect::<Vec<_>>(), english.ids().collect::<Vec<_>>(), "{language}");
            for id in english.ids() {
                let names = |texts: &Texts| {
                    let names = texts.text(id).map(TextPattern::names).unwrap_or_default();
                    names.into_iter().map(|name| name.trim_end_matches("-small").to_string()).collect::<Vec<_>>()
                };
                assert_eq!(names(&own), names(&english), "{language}: {id}");
            }
        }
    }

    #[test]
    fn days_are_written_as_the_language_writes_them() {
        let date = Date::parse("2026-08-09").unwrap();
        let days = ["en", "en-GB", "en-US", "de", "fr", "pl", "ja", "no language"];
        let days: Vec<_> = days.iter().map(|language| texts(language).date(date)).collect();
        let expected = [
            "9 August 2026",
            "9 August 2026",
            "August 9, 2026",
            "9. August 2026",
            "9 août 2026",
            "9 sierpnia 2026",
            "2026年8月9日",
            "9 August 2026",
        ];
        assert_eq!(days, expected);
    }

    #[test]
    fn numbers_are_written_as_the_language_writes_them() {
        let both = |language: &str| {
            let texts = texts(language);
            [texts.number(12345.5), texts.amount(12345.5), texts.amount(1234.0), texts.number(-0.25)]
        };
        assert_eq!(both("en"), ["12345.5", "12,345.5", "1234", "-0.25"]);
        assert_eq!(both("de"), ["12345,5", "12.345,5", "1234", "-0,25"]);
        assert_eq!(both("fr"), ["12345,5", "12\u{202f}345,5", "1234", "-0,25"]);
        assert_eq!(both("no language"), ["12345.5", "12,345.5", "1234", "-0.25"]);
        assert_eq!(texts("de").number(1e300), format!("1{}", "0".repeat(300)));
        assert_eq!(texts("en").number(i64::MAX), "9223372036854775807");
        assert_eq!(texts("de").say("entries", &[("n", "12000")]), "12.000 Einträge");
    }

    #[test]
    fn values_may_be_html_where_the_text_is_none() {
        let own = BTreeMap::from([("updated".to_string(), TextPattern::Plain("<on> {date}".into()))]);
        let said = Texts::of("en", own).say_html("updated", &[("date", "<time>1 May</time>")]);
        assert_eq!(said, "&lt;on&gt; <time>1 May</time>");
    }

    #[test]
    fn plural_forms_follow_the_language() {
        let forms = [("one", "{n} wpis"), ("few", "{n} wpisy"), ("other", "{n} wpisów")];
        let forms = forms.map(|(form, text)| (form.to_string(), text.to_string())).into();
        let texts = Texts::of("pl", [("entries".to_string(), TextPattern::Forms(forms))].into());
        let said = ["1", "2", "5", "22"].map(|n| texts.say("entries", &[("n", n)]));
        assert_eq!(said, ["1 wpis", "2 wpisy", "5 wpisów", "22 wpisy"]);
        assert!(texts.missing.contains(&"skip".to_string()) && !texts.missing.contains(&"entries".to_string()));
    }

    #[test]
    fn a_value_that_looks_like_a_name_stays_as_it_is() {
        let said = texts("en").say("page-of", &[("title", "{n} {title}"), ("n", "2")]);
        assert_eq!(said, "{n} {title}, page 2");
    }

    #[test]
    fn the_direction_follows_the_language_and_its_script() {
        let directions = ["ar", "he", "fa", "az-Arab", "en", "ja", "no language"].map(|tag| texts(tag).direction());
        assert_eq!(directions, ["rtl", "rtl", "rtl", "rtl", "ltr", "ltr", "ltr"]);
    }
}
