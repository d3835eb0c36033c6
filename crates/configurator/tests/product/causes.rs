//! In which order the causes of a blocked value are told.

#[cfg(test)]
mod tests {
    use crate::builders::{configured, read};

    /// A large memory needs a large line, which the system is not for. The rules of the lines stand first in the file.
    const LAPTOP: &str = r#"
name = "Laptop"
summary = "A laptop."
currency = "EUR"
base_price = 10000
lead_time_days = 5
steps = [{ code = "all", label = "All" }]

[[attributes]]
code = "line"
step = "all"
label = "Line"
kind = "choice"
standard = "middle"
options = [{ code = "small", label = "Small" }, { code = "middle", label = "Middle" }, { code = "large", label = "Large" }]

[[attributes]]
code = "memory"
step = "all"
label = "Memory"
kind = "choice"
standard = "m16"
options = [{ code = "m16", label = "16" }, { code = "m64", label = "64" }]

[[attributes]]
code = "system"
step = "all"
label = "System"
kind = "choice"
standard = "usual"
options = [{ code = "usual", label = "Usual" }, { code = "free", label = "Free" }]

[[rules]]
code = "small_inside"
rule = "line = small implies memory = m16"
sentence = "The small line holds 16."

[[rules]]
code = "middle_inside"
rule = "line = middle implies memory = m16"
sentence = "The middle line holds 16."

[[rules]]
code = "tested"
rule = "system = free implies line in (small, middle)"
sentence = "The free system is tested on the small and the middle line."
"#;

    fn causes(file: &str, choices: &[(&str, &str)], (code, value): (&str, &str)) -> Vec<String> {
        let product = configured(read(file), true);
        let choices = product.read_choices(choices.iter().copied()).unwrap();
        let (id, value) = product.read_choice(code, value).unwrap();
        product.causes(&choices, id, &value).unwrap().unwrap().causes
    }

    #[test]
    fn what_names_a_choice_comes_before_what_would_come_of_another_line() {
        let (small, middle) = ("The small line holds 16.", "The middle line holds 16.");
        let tested = "The free system is tested on the small and the middle line.";
        assert_eq!(causes(LAPTOP, &[("system", "free")], ("memory", "m64")), [tested, middle, small]);
        // The other way round what names the memory that was chosen; of these first what the line of the standard breaks.
        assert_eq!(causes(LAPTOP, &[("memory", "m64")], ("system", "free")), [middle, small, tested]);
    }

    #[test]
    fn what_names_both_comes_first() {
        let file = LAPTOP.replace(
            "line = small implies memory = m16",
            "line = small and system = free implies memory = m16",
        );
        let told = causes(&file, &[("system", "free")], ("memory", "m64"));
        let tested = "The free system is tested on the small and the middle line.";
        assert_eq!(told, ["The small line holds 16.", tested, "The middle line holds 16."]);
    }
}
