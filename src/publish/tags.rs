//! What a finished page links to, and the ids that it has.

/// The ids and addresses in a page.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct PageTags {
    pub(super) ids: Vec<String>,
    /// The addresses as they were written, without entities.
    pub(super) links: Vec<String>,
}

/// Attributes that hold one address.
const ADDRESSES: [&str; 6] = ["href", "src", "poster", "action", "data", "xlink:href"];

/// Reads the tags of a page.
pub(super) fn read(html: &str) -> PageTags {
    let mut tags = PageTags::default();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
            continue;
        }
        let name_end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(rest.len());
        let name = rest[..name_end].to_ascii_lowercase();
        if name.is_empty() || !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        rest = attributes(&rest[name_end..], &name, &mut tags);
        if matches!(name.as_str(), "script" | "style") {
            let end = format!("</{name}");
            rest = rest.find(&end).map_or("", |at| &rest[at..]);
        }
    }
    tags
}

/// Reads the attributes of a tag; returns what follows it.
fn attributes<'a>(mut rest: &'a str, tag: &str, tags: &mut PageTags) -> &'a str {
    let (mut content, mut is_refresh) = (None, false);
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        match rest.chars().next() {
            None => break,
            Some('>') => {
                rest = &rest[1..];
                break;
            }
            Some(_) => {}
        }
        let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '=' | '>' | '/')).unwrap_or(rest.len()).max(1);
        let end = (end..=rest.len()).find(|at| rest.is_char_boundary(*at)).unwrap_or(rest.len());
        let name = rest[..end].to_ascii_lowercase();
        rest = rest[end..].trim_start();
        let Some(behind) = rest.strip_prefix('=') else { continue };
        let behind = behind.trim_start();
        let value;
        match behind.chars().next() {
            Some(quote @ ('"' | '\'')) => {
                let inside = &behind[1..];
                let close = inside.find(quote).unwrap_or(inside.len());
                value = unescaped(&inside[..close]);
                rest = inside.get(close + 1..).unwrap_or_default();
            }
            _ => {
                let close = behind.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(behind.len());
                value = unescaped(&behind[..close]);
                rest = &behind[close..];
            }
        }
        match name.as_str() {
            "id" => tags.ids.push(value),
            "name" if tag == "a" => tags.ids.push(value),
            "srcset" => tags.links.extend(srcset(&value)),
            "content" => content = Some(value),
            "http-equiv" => is_refresh = value.eq_ignore_ascii_case("refresh"),
            name if ADDRESSES.contains(&name) && tag != "base" => tags.links.push(value),
            _ => {}
        }
    }
    let target = content.filter(|_| is_refresh && tag == "meta");
    let target =
        target.and_then(|content| Some(content.split_once("url=")?.1.trim_matches(['\'', '"', ' ']).to_string()));
    tags.links.extend(target);
    rest
}

fn srcset(value: &str) -> Vec<String> {
    value.split(',').filter_map(|part| part.split_whitespace().next()).map(str::to_string).collect()
}

/// A value without the entities that stand in addresses.
fn unescaped(value: &str) -> String {
    if !value.contains('&') {
        return value.to_string();
    }
    let mut out = value.to_string();
    for (entity, sign) in [
        ("&quot;", "\""),
        ("&#34;", "\""),
        ("&#39;", "'"),
        ("&#x27;", "'"),
        ("&#x2F;", "/"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&amp;", "&"),
    ] {
        out = out.replace(entity, sign);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_ids_are_found_wherever_pages_have_them() {
        let found = read(
            "<!doctype html><!-- <a href=no> --><meta http-equiv=\"refresh\" content=\"0; url=/new/\"><h2 id=\"a b\">\
             <a class=x href='/a/?b=1&amp;c#d'>1 < 2</a><img src=p.png srcset=\"q.png 2x, r.png 3x\"><input disabled>\
             <script>\"<a href='/no/'>\"</script><a name=old></a><p title=\"id=no\">",
        );
        assert_eq!(found.ids, ["a b", "old"]);
        assert_eq!(found.links, ["/new/", "/a/?b=1&c#d", "p.png", "q.png", "r.png"]);
    }

    #[test]
    fn pages_that_are_cut_off_end() {
        for page in
            ["<", "<a", "<a href", "<a href=", "<a href=\"", "<a href=\"x", "<!--", "<script>", "<a \u{fc}=1", "<p =x>"]
        {
            read(page);
        }
    }
}
