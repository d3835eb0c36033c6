//! A number to drag or to type: a slider, and a box beside it for the exact value. Only the box has a name and is sent; without
//! a script, which moves one with the other, the slider is not shown.

use leptos::prelude::*;

/// Slider and box.
pub const ROW: &str = "mt-2 flex flex-wrap items-center gap-x-4";
/// The slider.
pub const SLIDER: &str = "h-11 min-w-32 flex-1 accent-accent noscript:hidden";
/// Box and unit.
pub const BOX: &str = "flex min-w-0 items-center gap-1.5";
/// The box.
pub const INPUT: &str = "min-h-11 w-[5.5rem] rounded-s border border-edge bg-raised px-2.5 py-1.5 tabular hover:border-ink aria-invalid:border-stop aria-invalid:thick-stop";
/// The unit behind the box.
pub const UNIT: &str = "min-w-0 text-muted wrap-anywhere";

/// A number of a form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Slider {
    /// The field's name.
    pub name: String,
    /// What the slider is called.
    pub label: String,
    /// What the box is called.
    pub exact_label: String,
    /// The unit, behind the box.
    pub unit: String,
    /// The value.
    pub value: i64,
    /// The smallest value.
    pub min: i64,
    /// The largest value.
    pub max: i64,
    /// How far two values are apart.
    pub step: i64,
    /// Id of what tells more about it; empty for nothing.
    pub described_by: String,
}

impl Slider {
    /// The slider with its box.
    #[must_use]
    pub fn view(self) -> AnyView {
        let described = (!self.described_by.is_empty()).then_some(self.described_by);
        let [value, min, max, step] =
            [self.value, self.min, self.max, self.step].map(|number| number.to_string());
        view! {
            <div class=ROW>
                <input
                    class=SLIDER
                    type="range"
                    aria-label=self.label
                    aria-describedby=described.clone()
                    min=min.clone()
                    max=max.clone()
                    step=step.clone()
                    value=value.clone()
                />
                <span class=BOX>
                    <input
                        class=INPUT
                        type="number"
                        inputmode="numeric"
                        name=self.name
                        aria-label=self.exact_label
                        aria-describedby=described
                        min=min
                        max=max
                        step=step
                        value=value
                    />
                    <span class=UNIT>{self.unit}</span>
                </span>
            </div>
        }
        .into_any()
    }
}
