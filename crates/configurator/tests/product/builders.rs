//! Products that several stories begin with.

use configurator::file::{File, Located};
use configurator::{Configured, Patience, Product};
use engine::cnf::Limits as ClauseLimits;
use engine::compile::Limits;

/// A bike with choices, extras, a text, and rules among them.
pub const BIKE: &str = r##"
name = "Bike"
summary = "A bike."
lead_time_days = 5
currency = "EUR"
base_price = 10000

[[steps]]
code = "all"
label = "All"

[[attributes]]
code = "bar"
step = "all"
label = "Handlebar"
kind = "choice"
standard = "flat"
options = [{ code = "flat", label = "Flat" }, { code = "drop", label = "Drop" }, { code = "swept", label = "Swept" }]

[[attributes]]
code = "extras"
step = "all"
label = "Extras"
kind = "multi-choice"
max = 3
standard = []
options = [
  { code = "bell", label = "Bell" },
  { code = "horn", label = "Horn" },
  { code = "rack", label = "Rack" },
  { code = "lamp", label = "Lamp" },
  { code = "lock", label = "Lock" },
  { code = "sign", label = "Sign" },
]

[[attributes]]
code = "plate"
step = "all"
label = "Plate"
kind = "choice"
standard = "none"
options = [{ code = "none", label = "None" }, { code = "brass", label = "Brass" }]

[[attributes]]
code = "name"
step = "all"
label = "Name"
kind = "text"
standard = ""
max_length = 8
allowed = "A-Z0-9 .&"

[[rules]]
code = "one_sound"
rule = "not (extras has bell and extras has horn)"
sentence = "Bell and horn need the same place."

[[rules]]
code = "sign_alone"
rule = "extras has sign implies not (extras has lamp or extras has lock)"
sentence = "The sign hangs where lamp and lock are."

[[rules]]
code = "drop_bell"
rule = "bar = drop implies not extras has bell"
sentence = "A drop bar has no place for a bell."

[[rules]]
code = "swept_rack"
rule = "bar = swept implies count(extras) = 0 or extras has rack"
sentence = "With a swept bar extras go on the rack."

[[rules]]
code = "named"
rule = "plate = brass implies filled(name)"
sentence = "A plate needs a name."
"##;

/// A product of a file without faults.
pub fn read(text: &str) -> Product {
    let faults = |faults: Vec<Located>| faults.iter().map(ToString::to_string).collect::<Vec<_>>();
    File::check(text).map_err(faults).unwrap().1
}

/// A product with its diagram, or with its solver.
pub fn configured(product: Product, compiled: bool) -> Configured {
    if compiled {
        Configured::compiled(product, Limits::default()).unwrap()
    } else {
        Configured::solved(product, &ClauseLimits::default(), Patience::default()).unwrap()
    }
}
