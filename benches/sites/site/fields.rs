//! Values for the fields that a site declares, whatever they are.

use limber::model::schema::{Field, Type};
use serde_json::{Map, Value, json};

use super::random::Random;
use super::words::{sentences, title};

/// A value for a field; nothing for some that may be left out, and for those that need a file.
pub fn value(random: &mut Random, field: &Field, works: &[String]) -> Option<Value> {
    if !field.required && random.chance(30) {
        return None;
    }
    let limits = &field.limits;
    let (min, max) = (limits.min.unwrap_or(1.0) as usize, limits.max.map(|max| max as usize));
    Some(match &field.ty {
        Type::Text | Type::Markdown => {
            let words = limits.min_words.unwrap_or(8);
            let text = sentences(random, words.max(min.div_ceil(4)) + 4);
            let longest = max.unwrap_or(usize::MAX).min(text.len());
            text[..longest].trim_end().into()
        }
        Type::Integer => random.between(min, max.unwrap_or(100)).into(),
        Type::Number => json!(random.between(min, max.unwrap_or(100))),
        Type::Boolean => random.chance(50).into(),
        Type::Date => format!("2026-{:02}-{:02}", random.between(1, 9), random.between(1, 28)).into(),
        Type::Choice(choices) => random.pick(choices).0.as_str().into(),
        Type::Range(_) => {
            let from = random.between(min, max.unwrap_or(60));
            format!("{from}-{}", random.between(from, max.unwrap_or(90))).into()
        }
        Type::Url => "https://example.org/".into(),
        Type::Citations => (0..random.between(1, 2)).map(|_| random.pick(works).as_str()).collect(),
        Type::List(item) => {
            let count = random.between(min.max(1), max.unwrap_or(4).min(4));
            let mut items: Vec<Value> = (0..count).filter_map(|_| value(random, &required(item), works)).collect();
            items.dedup();
            items.into()
        }
        Type::Object(fields) => {
            let named = fields.iter().filter_map(|field| Some((field.name.clone(), value(random, field, works)?)));
            named.collect::<Map<_, _>>().into()
        }
        Type::Image | Type::Entry => return None,
    })
}

fn required(field: &Field) -> Field {
    Field { required: true, ..field.clone() }
}

/// Bibliography for themes that have none of their own.
pub fn bibliography(count: usize) -> String {
    let mut out = String::new();
    for number in 0..count {
        let name = title(number * 7 + 3);
        out.push_str(&format!(
            "work{number}:\n  type: article\n  title: \"{name}: a trial\"\n  genre: Trial, {} people\n  author: [\"Example, {}\", \
             \"Sample, B.\"]\n  date: {}\n  page-range: \"{}-{}\"\n  serial-number: {{doi: \"10.1000/{number}\"}}\n  \
             parent: {{type: periodical, title: \"Journal of {}\", volume: {}}}\n",
            10 + number % 90,
            ["A.", "C.", "D. E."][number % 3],
            1990 + number % 35,
            number + 1,
            number + 9,
            name.split(' ').next_back().unwrap_or_default(),
            number % 60 + 1,
        ));
    }
    out
}
