//! A page of the admin for somebody who may read it, not change it.

/// What stands around a form's fields: none of them can be used.
const FIELDS: &str = r#"<fieldset class="contents" disabled>"#;

/// The page with all forms that change something as sheets to read: fields can't be used, buttons are gone. Forms that only look for
/// something stay as they are. Here and not in each form, so that none can be forgotten.
pub(super) fn read_only(html: &str) -> String {
    let (mut rest, mut page) = (html, String::with_capacity(html.len()));
    while let Some((before, form, after)) = element(rest, "<form", "</form>") {
        page += before;
        match form.split_once('>') {
            Some((tag, fields)) if tag.contains("method=\"post\"") => {
                let fields = without_buttons(fields.strip_suffix("</form>").unwrap_or(fields));
                page += &format!("{tag}>{FIELDS}{fields}</fieldset></form>");
            }
            _ => page += form,
        }
        rest = after;
    }
    page + rest
}

fn without_buttons(html: &str) -> String {
    let (mut rest, mut kept) = (html, String::with_capacity(html.len()));
    while let Some((before, _, after)) = element(rest, "<button", "</button>") {
        kept += before;
        rest = after;
    }
    kept + rest
}

/// What comes before the first such element, that, and what follows.
fn element<'h>(html: &'h str, opens: &str, closes: &str) -> Option<(&'h str, &'h str, &'h str)> {
    let (before, from) = html.split_at(html.find(opens)?);
    let (element, after) = from.split_at(from.find(closes)? + closes.len());
    Some((before, element, after))
}

#[cfg(test)]
mod tests {
    use super::read_only;

    #[test]
    fn forms_that_change_something_are_sheets_to_read() {
        let page = r#"<p>a</p><form id="f" method="post" action="/x"><input name="n"><button type="submit">Save</button><p>b</p></form><form method="get"><button>Find</button></form>c"#;
        let shown = r#"<p>a</p><form id="f" method="post" action="/x"><fieldset class="contents" disabled><input name="n"><p>b</p></fieldset></form><form method="get"><button>Find</button></form>c"#;
        assert_eq!(read_only(page), shown);
        assert_eq!(read_only("no form"), "no form");
    }
}
