//! What the engine says of designs.

use super::PLURAL;
use crate::engine::{Engine, EngineTexts};

pub(super) const ENGINE: Engine = Engine { plural: PLURAL, texts: &TEXTS.list() };

const TEXTS: EngineTexts = EngineTexts {
    nothing: "Ohne",
    and: " und ",
    quoted: "„{text}“",
    base_price: "Grundpreis",
    always: "{attribute}: immer {standard}.",
    unavailable: "Zurzeit nicht erhältlich: {option}.",
    does_not_apply: "{attribute}: gehört nicht zu diesem Entwurf.",
    is_missing: "{attribute}: noch zu wählen.",
    at_most: "{attribute}: höchstens {number}.",
    at_least: "{attribute}: mindestens {number}.",
    not_with: "Nicht mit {others}. ",
    not_without: "Nicht ohne {others}. ",
    not_with_nor_without: "Nicht mit {others} und nicht ohne {needed}. ",
    not_together: "{choices} passen nicht zusammen. ",
    together_not_without: "{choices} geht nicht ohne {needed}. ",
    impossible: "Das gibt es in keiner gültigen Zusammenstellung.",
    not_with_the_rest: "Das geht nicht mit den anderen Angaben zusammen.",
    undecided: "Ob es passt, lässt sich nicht schnell genug herausfinden. Ändere erst etwas anderes und versuch es noch einmal.",
    over_budget: "Das wären {points} von {ceiling} Punkten für Änderungen. Setz zuerst etwas auf den Standard zurück.",
    beyond_budget: "Das ginge über den Spielraum für Änderungen hinaus. Setz zuerst etwas auf den Standard zurück.",
    cant_be: "{attribute}: „{value}“ geht nicht. {advice}",
    is_empty: "{attribute}: Hier fehlt etwas. {advice}",
    choose_between: "Wähle {min} bis {max} davon.",
    whole_number: "Gib eine ganze Zahl von {min} bis {max} ein.",
    whole_number_in_steps: "Gib eine ganze Zahl von {min} bis {max} in Schritten von {step} ein.",
    no_fraction: "Nur ganze Zahlen: {below} oder {above}.",
    two_ways: "Ist {first} oder {second} gemeint? Gib die Zahl ohne Tausendertrennzeichen ein.",
    leave_out: "Lass {sign} weg; erlaubt sind {allowed}.",
    hidden_characters: "unsichtbare Zeichen",
    at_most_characters: "Höchstens {most} Zeichen; jetzt sind es {now}.",
    printable_characters: "druckbare Zeichen",
    letters: "Buchstaben",
    capital_letters: "Großbuchstaben",
    small_letters: "Kleinbuchstaben",
    accented_letters: "Buchstaben mit Akzent",
    digits: "Ziffern",
    spaces: "Leerzeichen",
};
