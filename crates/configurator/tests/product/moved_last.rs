//! Attributes that are moved last: what nobody chose there stays as long as changes elsewhere will do.

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::path::PathBuf;

    use configurator::artifact::Artifact;
    use configurator::file::{File, Located};
    use configurator::source::Source;
    use configurator::{Choices, Configured, Design, Product};
    use engine::cnf::Limits as ClauseLimits;
    use engine::compile::Limits;
    use engine::effort::Patience;

    /// A wide one carries books with a brace and two posts alone; to carry less is a single change, and costs nothing.
    const SHELF: &str = r#"
name = "Shelf"
summary = "A shelf."
currency = "EUR"
base_price = 10000
lead_time_days = 5
steps = [{ code = "all", label = "All" }]

[[attributes]]
code = "size"
step = "all"
label = "Room"
kind = "choice"
standard = "large"
options = [{ code = "large", label = "Large" }, { code = "small", label = "Small" }]

[[attributes]]
code = "width"
step = "all"
label = "Width"
kind = "choice"
standard = "narrow"
options = [{ code = "narrow", label = "Narrow" }, { code = "wide", label = "Wide", price = 4000 }]

[[attributes]]
code = "load"
step = "all"
label = "Load"
kind = "choice"
standard = "books"
moved_last = true
options = [{ code = "light", label = "Ornaments" }, { code = "books", label = "Books" }]

[[attributes]]
code = "brace"
step = "all"
label = "Brace"
kind = "choice"
standard = "plain"
options = [{ code = "plain", label = "Without" }, { code = "braced", label = "With", price = 900, lead_time_days = 1 }]

[[attributes]]
code = "posts"
step = "all"
label = "Posts"
kind = "choice"
standard = "one"
options = [{ code = "one", label = "One" }, { code = "two", label = "Two", price = 1500 }]

[[rules]]
code = "books"
rule = "width = wide and load = books implies brace = braced and posts = two"
sentence = "Books are heavy."

[[rules]]
code = "room"
rule = "size = small implies width = narrow"
sentence = "A small room has no wide shelves."
"#;

    fn checked(text: &str) -> (Source, Product) {
        let (file, product) = File::check(text)
            .unwrap_or_else(|faults: Vec<Located>| panic!("{:?}", faults.first().map(ToString::to_string)));
        (file.source, product)
    }

    /// Answered by the diagram, by one that was read from an artifact, and by the solver.
    fn engines(text: &str) -> [Configured; 3] {
        let (source, product) = checked(text);
        let solved =
            Configured::solved(product.clone(), &ClauseLimits::default(), Patience::default()).unwrap();
        let compiled = Configured::compiled(product, Limits::default()).unwrap();
        let bytes = Artifact::new(&compiled, &source, BTreeMap::new()).to_bytes();
        let read = Artifact::from_bytes(&bytes).unwrap().configured().unwrap();
        [compiled, read, solved]
    }

    fn choices(product: &Product, pairs: &[(&str, &str)]) -> Choices {
        product.read_choices(pairs.iter().copied()).unwrap()
    }

    fn values(product: &Product, design: &Design) -> Vec<String> {
        design.iter().map(|(id, value)| product.write_value(id, value)).collect()
    }

    #[test]
    fn everything_else_moves_before_it() {
        let plain = SHELF.replacen("moved_last = true\n", "", 1);
        for (text, wide) in [
            (SHELF, ["large", "wide", "books", "braced", "two"]),
            (plain.as_str(), ["large", "wide", "light", "plain", "one"]),
        ] {
            for product in engines(text) {
                let design = product.complete(&choices(&product, &[("width", "wide")]), product.standard());
                assert_eq!(values(&product, &design.unwrap()), wide, "{:?}", product.served_by());
            }
        }
    }

    #[test]
    fn it_moves_where_what_was_chosen_leaves_nothing_else() {
        for product in engines(SHELF) {
            let chosen = choices(&product, &[("width", "wide"), ("brace", "plain")]);
            let design = product.complete(&chosen, product.standard()).unwrap();
            assert_eq!(values(&product, &design), ["large", "wide", "light", "plain", "one"]);
        }
    }

    #[test]
    fn a_tile_tells_it_and_a_click_does_it() {
        for product in engines(SHELF) {
            let (width, wide) = product.read_choice("width", "wide").unwrap();
            let menu = product.menu_of_shown(&Choices::new(), product.standard()).unwrap();
            let tile = &menu.attributes[width.index()].options[1];
            let value = |code, text| product.read_choice(code, text).unwrap();
            assert_eq!(tile.also, [value("brace", "braced"), value("posts", "two")]);
            assert_eq!((tile.price_change, tile.lead_time_change), (Some(4_000 + 900 + 1_500), 1));
            let taken = product.step(&Choices::new().with(width, wide), &menu.design, product.standard());
            assert_eq!(values(&product, &taken.unwrap().design), ["large", "wide", "books", "braced", "two"]);
        }
    }

    #[test]
    fn a_way_to_what_is_blocked_keeps_it_but_gives_nothing_up_for_it() {
        for product in engines(SHELF) {
            let (width, wide) = product.read_choice("width", "wide").unwrap();
            let way = |pairs: &[(&str, &str)]| {
                let chosen = choices(&product, pairs);
                let way = product.repair(&chosen, product.standard(), width, &wide).unwrap().unwrap();
                let design = product.complete(&way.choices, product.standard()).unwrap();
                (way.changes.len(), values(&product, &design))
            };
            let all = |values: [&str; 5]| values.map(str::to_owned).to_vec();
            assert_eq!(way(&[("size", "small")]), (1, all(["large", "wide", "books", "braced", "two"])));
            assert_eq!(
                way(&[("size", "small"), ("posts", "one")]),
                (1, all(["large", "wide", "light", "plain", "one"]))
            );
        }
    }

    /// Products of the shop with a choice each, without scripts, in the browser and with the solver.
    #[test]
    fn a_wider_bookcase_goes_on_carrying_books_and_a_loaded_bike_keeps_its_lights() {
        for (name, chosen, numbers, kept) in [
            ("bookcase", "width", ["187", "238"], "load"),
            ("travel-bike", "litres", ["120", "160"], "extras"),
        ] {
            let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../catalogs").join(name);
            for product in engines(&std::fs::read_to_string(folder.join("product.toml")).unwrap()) {
                let id = product.by_code(kept).unwrap();
                for number in numbers {
                    let chosen = choices(&product, &[(chosen, number)]);
                    let design = product.complete(&chosen, product.standard()).unwrap();
                    assert_eq!(design.value(id), product.standard().value(id), "{name}, {number}");
                }
            }
        }
    }
}
