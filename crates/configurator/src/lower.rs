//! Products as finite-domain models: one variable for a choice, a number or a text, one for each option of a multi-choice.

use crate::design::Design;
use crate::ids::{AttributeId, OptionId};
use crate::product::{Attribute, Kind, Price, Product};
use crate::rule::syntax::{Comparison, Condition, Number, Property};
use crate::value::Value;
use engine::model::{
    Comparison as ModelComparison, ConstraintKind, Expression, Formula, Model, Price as ModelPrice,
    PriceKind, Rounding, ValueId, Variable, VariableId,
};

/// Which of its variable's values a text has: rules, prices and points tell only these apart.
pub(crate) const EMPTY: usize = 0;
/// A text other than the standard's.
pub(crate) const TYPED: usize = 1;
/// The standard's text, where that is not empty.
pub(crate) const STANDARD: usize = 2;

/// Which variables of the model stand for which attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Variables {
    /// By attribute: its first variable.
    first: Vec<u32>,
}

impl Variables {
    pub(crate) fn of(product: &Product) -> Self {
        let mut next = 0;
        let first = product.attributes.iter().map(|attribute| {
            let own = next;
            next += match &attribute.kind {
                Kind::MultiChoice { options, .. } => u32::try_from(options.len()).unwrap_or(u32::MAX),
                Kind::Choice { .. } | Kind::Number { .. } | Kind::Text { .. } => 1,
            };
            own
        });
        Self { first: first.collect() }
    }

    /// The variable of a choice, number or text.
    pub(crate) fn whole(&self, attribute: AttributeId) -> VariableId {
        VariableId(self.first[attribute.index()])
    }

    /// The variable of an option of a multi-choice: value 1 when it is in the set.
    pub(crate) fn member(&self, attribute: AttributeId, option: OptionId) -> VariableId {
        VariableId::new(self.first[attribute.index()] as usize + option.index())
    }
}

/// The value of its variable that a number or a text is. `None` for a number that the attribute does not take.
pub(crate) fn value_of(attribute: &Attribute, standard: &Value, value: &Value) -> Option<usize> {
    match (&attribute.kind, value) {
        (Kind::Choice { .. }, Value::Option(option)) => Some(option.index()),
        (Kind::Number { min, max, step, .. }, Value::Number(number)) => {
            let fits = (*min..=*max).contains(number) && (number - min) % step == 0;
            fits.then(|| usize::try_from((number - min) / step).ok()).flatten()
        }
        (Kind::Text { .. }, Value::Text(text)) => Some(if text.is_empty() {
            EMPTY
        } else if value == standard {
            STANDARD
        } else {
            TYPED
        }),
        (Kind::Choice { .. } | Kind::MultiChoice { .. } | Kind::Number { .. } | Kind::Text { .. }, _) => None,
    }
}

impl Product {
    /// The model of this product's valid designs and their prices. A multi-choice has a variable for each option, a text
    /// one that tells only whether it is empty, the standard's or another.
    #[must_use]
    pub fn to_model(&self) -> Model {
        let lowering = Lowering { product: self, variables: Variables::of(self) };
        let mut model = Model { base_price: self.base_price, ..Model::default() };
        let mut points = Vec::new();
        for (id, attribute) in self.ids() {
            lowering.attribute(id, attribute, &mut model, &mut points);
        }
        let prices = self.literal_prices();
        let mut rest = &prices[..];
        for variable in &mut model.variables {
            let (own, others) = rest.split_at(variable.size().min(rest.len()));
            variable.prices = own.to_vec();
            rest = others;
        }
        points.retain(
            |points| !matches!(points, Expression::Of(_, numbers) if numbers.iter().all(|&n| n == 0)),
        );
        for rule in &self.rules {
            let formula = lowering.condition(&rule.condition);
            model.add_constraint(&rule.code, ConstraintKind::Formula(formula));
        }
        if let Some(budget) = self.budget {
            let ceiling = Expression::Constant(i64::from(budget.ceiling));
            let within = Formula::Compare(Expression::Sum(points), ModelComparison::AtMost, ceiling);
            model.add_constraint("budget", ConstraintKind::Formula(within));
        }
        for price in &self.prices {
            let when = price.when.as_ref().map_or(Formula::And(Vec::new()), |when| lowering.condition(when));
            let amount = Expression::Constant(price.amount);
            let amount = match &price.each {
                Some(each) => Expression::Quotient(
                    Box::new(Expression::Product(Box::new(amount), Box::new(lowering.number(each)))),
                    price.per,
                    Rounding::HalfAwayFromZero,
                ),
                None => Expression::Quotient(Box::new(amount), price.per, Rounding::HalfAwayFromZero),
            };
            model.prices.push(ModelPrice { name: price.label.clone(), kind: PriceKind::When(when, amount) });
        }
        model
    }

    /// By value of each variable of the model: what it adds to the price.
    pub(crate) fn literal_prices(&self) -> Vec<i64> {
        let mut prices = Vec::new();
        for attribute in &self.attributes {
            match &attribute.kind {
                Kind::Choice { options } => prices.extend(options.iter().map(|option| option.price)),
                Kind::MultiChoice { options, .. } => {
                    options.iter().for_each(|option| prices.extend([0, option.price]));
                }
                Kind::Number { min, max, step, price, .. } => {
                    let steps = (max - min) / step;
                    prices.extend((0..=steps).map(|index| price.saturating_mul(index * step)));
                }
                Kind::Text { price, .. } => prices.extend([0, *price, *price]),
            }
        }
        prices
    }

    /// By value of each variable of the model: the prices that depend on it, in an otherwise standard design. Values of one
    /// variable can be compared by that.
    pub(crate) fn prices_beside_standard(&self) -> Vec<i64> {
        let mut prices = self.literal_prices().into_iter();
        let mut found = Vec::with_capacity(prices.len());
        for (id, attribute) in self.ids() {
            let depends = |price: &&Price| {
                let mut mentioned = false;
                let visit = &mut |other| mentioned |= other == id;
                price.when.iter().for_each(|when| when.attributes(visit));
                price.each.iter().for_each(|each| each.attributes(visit));
                mentioned
            };
            let own: Vec<&Price> = self.prices.iter().filter(depends).collect();
            let mut design = self.standard().clone();
            for value in values(attribute, self.standard().value(id)) {
                design.set(id, value);
                let amounts = own.iter().map(|price| self.amount(price, &design));
                found.push(amounts.fold(prices.next().unwrap_or(0), i64::saturating_add));
            }
        }
        found
    }
}

/// The values of an attribute, in the order of its literals; a multi-choice is the standard but for one option, without
/// and with it.
fn values(attribute: &Attribute, standard: &Value) -> Vec<Value> {
    match (&attribute.kind, standard) {
        (Kind::MultiChoice { .. }, Value::Options(set)) => {
            let one = |(option, _)| {
                let without = if set.contains(option) { set.toggled(option) } else { *set };
                [without, without.toggled(option)].map(Value::Options)
            };
            attribute.option_ids().flat_map(one).collect()
        }
        (Kind::Number { min, max, step, .. }, _) => {
            (0..=(max - min) / step).map(|index| Value::Number(min + index * step)).collect()
        }
        (Kind::Text { .. }, _) => {
            let typed = Value::Text("\u{0}".to_owned());
            vec![Value::Text(String::new()), typed, standard.clone()]
        }
        (Kind::Choice { .. } | Kind::MultiChoice { .. }, _) => {
            attribute.option_ids().map(|(option, _)| Value::Option(option)).collect()
        }
    }
}

struct Lowering<'p> {
    product: &'p Product,
    variables: Variables,
}

impl Lowering<'_> {
    fn attribute(
        &self,
        id: AttributeId,
        attribute: &Attribute,
        model: &mut Model,
        points: &mut Vec<Expression>,
    ) {
        let standard = self.product.standard().value(id);
        let own_points = |value: &Value| i64::from(self.product.points(id, value));
        let code = &attribute.code;
        match &attribute.kind {
            Kind::Choice { options } => {
                let values = options.iter().map(|option| option.code.clone()).collect();
                let variable = model.add_variable(Variable::new(code, values));
                let ids = attribute.option_ids().map(|(option, _)| option);
                points.push(Expression::Of(
                    variable,
                    ids.map(|option| own_points(&Value::Option(option))).collect(),
                ));
                let allowed: Vec<ValueId> = attribute
                    .option_ids()
                    .filter(|(option, opt)| {
                        opt.available && (!attribute.locked || standard.includes(*option))
                    })
                    .map(|(option, _)| ValueId::new(option.index()))
                    .collect();
                if allowed.len() < options.len() {
                    model.add_constraint(code, ConstraintKind::Formula(Formula::In(variable, allowed)));
                }
            }
            Kind::MultiChoice { options, min, max } => {
                let mut members = Vec::new();
                for (option, opt) in attribute.option_ids() {
                    let variable = model.add_variable(Variable::boolean(format!("{code}.{}", opt.code)));
                    members.push(Formula::In(variable, vec![ValueId(1)]));
                    let usual = standard.includes(option);
                    let cost = i64::from(opt.points);
                    points.push(Expression::Of(variable, if usual { vec![cost, 0] } else { vec![0, cost] }));
                    let fixed =
                        if attribute.locked { Some(usual) } else { (!opt.available).then_some(false) };
                    if let Some(inside) = fixed {
                        let only = Formula::In(variable, vec![ValueId(u32::from(inside))]);
                        model.add_constraint(code, ConstraintKind::Formula(only));
                    }
                }
                if *min > 0 || (*max as usize) < options.len() {
                    let count = Formula::Count { min: *min, max: *max, of: members };
                    model.add_constraint(code, ConstraintKind::Formula(count));
                }
            }
            Kind::Number { min, max, step, .. } => {
                let numbers: Vec<i64> = (0..=(max - min) / step).map(|index| min + index * step).collect();
                let variable =
                    model.add_variable(Variable::new(code, numbers.iter().map(i64::to_string).collect()));
                let costs = numbers.iter().map(|&number| own_points(&Value::Number(number)));
                points.push(Expression::Of(variable, costs.collect()));
                self.lock(attribute, standard, variable, model);
            }
            Kind::Text { .. } => {
                let names = ["empty", "typed", "standard"];
                let variable = model.add_variable(Variable::new(code, names.map(str::to_owned).to_vec()));
                let typed = self.product.points(id, &Value::Text("\u{0}".to_owned()));
                let empty = own_points(&Value::Text(String::new()));
                points.push(Expression::Of(variable, vec![empty, i64::from(typed), 0]));
                if *standard == Value::Text(String::new()) {
                    let only = Formula::In(variable, vec![ValueId::new(EMPTY), ValueId::new(TYPED)]);
                    model.add_constraint(code, ConstraintKind::Formula(only));
                }
                self.lock(attribute, standard, variable, model);
            }
        }
    }

    fn lock(&self, attribute: &Attribute, standard: &Value, variable: VariableId, model: &mut Model) {
        if let Some(value) = value_of(attribute, standard, standard).filter(|_| attribute.locked) {
            let only = Formula::In(variable, vec![ValueId::new(value)]);
            model.add_constraint(&attribute.code, ConstraintKind::Formula(only));
        }
    }

    fn condition(&self, condition: &Condition) -> Formula {
        let two = |left: &Condition, right: &Condition| vec![self.condition(left), self.condition(right)];
        match condition {
            Condition::In(attribute, options) => Formula::In(
                self.variables.whole(*attribute),
                options.iter().map(|option| ValueId::new(option.index())).collect(),
            ),
            Condition::Has(attribute, option) => {
                Formula::In(self.variables.member(*attribute, *option), vec![ValueId(1)])
            }
            Condition::Filled(attribute) => {
                let filled = vec![ValueId::new(TYPED), ValueId::new(STANDARD)];
                Formula::In(self.variables.whole(*attribute), filled)
            }
            Condition::Compare(left, comparison, right) => {
                Formula::Compare(self.number(left), compared(*comparison), self.number(right))
            }
            Condition::Not(inner) => self.condition(inner).negated(),
            Condition::And(left, right) => Formula::And(two(left, right)),
            Condition::Or(left, right) => Formula::Or(two(left, right)),
            Condition::Implies(left, right) => {
                Formula::Or(vec![self.condition(left).negated(), self.condition(right)])
            }
            Condition::Iff(left, right) => Formula::Or(vec![
                Formula::And(two(left, right)),
                Formula::And(two(left, right).into_iter().map(Formula::negated).collect()),
            ]),
        }
    }

    fn number(&self, number: &Number) -> Expression {
        let boxed = |number: &Number| Box::new(self.number(number));
        match number {
            Number::Constant(constant) => Expression::Constant(*constant),
            Number::Attribute(id) => {
                let Kind::Number { min, max, step, .. } = self.product.attribute(*id).kind else {
                    return Expression::Constant(0);
                };
                let numbers = (0..=(max - min) / step).map(|index| min + index * step);
                Expression::Of(self.variables.whole(*id), numbers.collect())
            }
            Number::Property(id, property) => self.property(*id, property),
            Number::Count(id) => {
                let attribute = self.product.attribute(*id);
                let one = |(option, _)| Expression::Of(self.variables.member(*id, option), vec![0, 1]);
                match attribute.kind {
                    Kind::MultiChoice { .. } => Expression::Sum(attribute.option_ids().map(one).collect()),
                    Kind::Choice { .. } | Kind::Number { .. } | Kind::Text { .. } => Expression::Constant(0),
                }
            }
            Number::Sum(_, parts) => {
                Expression::Sum(parts.iter().map(|(id, property)| self.property(*id, property)).collect())
            }
            Number::Add(left, right) => Expression::Sum(vec![self.number(left), self.number(right)]),
            Number::Subtract(left, right) => Expression::Difference(boxed(left), boxed(right)),
            Number::Multiply(left, right) => Expression::Product(boxed(left), boxed(right)),
            Number::Divide(number, divisor) => Expression::Quotient(boxed(number), *divisor, Rounding::Down),
        }
    }

    fn property(&self, id: AttributeId, property: &Property) -> Expression {
        let attribute = self.product.attribute(id);
        match attribute.kind {
            Kind::Choice { .. } => Expression::Of(self.variables.whole(id), property.values.clone()),
            Kind::MultiChoice { .. } => {
                let options = attribute.option_ids().zip(&property.values);
                let of =
                    |((option, _), &value)| Expression::Of(self.variables.member(id, option), vec![0, value]);
                Expression::Sum(options.map(of).collect())
            }
            Kind::Number { .. } | Kind::Text { .. } => Expression::Constant(0),
        }
    }
}

fn compared(comparison: Comparison) -> ModelComparison {
    match comparison {
        Comparison::Equal => ModelComparison::Equal,
        Comparison::NotEqual => ModelComparison::Unequal,
        Comparison::Less => ModelComparison::Less,
        Comparison::AtMost => ModelComparison::AtMost,
        Comparison::Greater => ModelComparison::More,
        Comparison::AtLeast => ModelComparison::AtLeast,
    }
}

/// The value of an attribute that an assignment stands for; `text` is what a typed text is.
pub(crate) fn read_value(
    product: &Product,
    variables: &Variables,
    id: AttributeId,
    assignment: &[ValueId],
    text: &Value,
) -> Value {
    let attribute = product.attribute(id);
    let whole = || assignment[variables.whole(id).index()].index();
    match &attribute.kind {
        Kind::Choice { .. } => Value::Option(OptionId::new(whole())),
        Kind::MultiChoice { .. } => {
            let options = attribute.option_ids().map(|(option, _)| option);
            Value::Options(
                options
                    .filter(|&option| assignment[variables.member(id, option).index()].index() == 1)
                    .collect(),
            )
        }
        Kind::Number { min, step, .. } => {
            Value::Number(min.saturating_add(step.saturating_mul(i64::try_from(whole()).unwrap_or(0))))
        }
        Kind::Text { .. } => match whole() {
            EMPTY => Value::Text(String::new()),
            STANDARD => product.standard().value(id).clone(),
            _ => text.clone(),
        },
    }
}

/// The design that an assignment stands for; `reference` says what a typed text is.
pub(crate) fn read_design(
    product: &Product,
    variables: &Variables,
    assignment: &[ValueId],
    reference: &Design,
) -> Design {
    let value = |(id, _)| read_value(product, variables, id, assignment, reference.value(id));
    Design::new(product.ids().map(value).collect())
}

#[cfg(all(test, feature = "file"))]
mod tests {
    use super::values;
    use crate::file::File;
    use crate::product::Kind;
    use crate::value::Value;

    #[test]
    fn values_compare_by_what_they_make_of_the_standards_price() {
        let files =
            [include_str!("../../../catalogs/bookcase/product.toml"), include_str!("../tests/mug.toml")];
        for (_, product) in files.map(|text| File::check(text).unwrap()) {
            let found = product.prices_beside_standard();
            assert_eq!(found.len(), product.literal_prices().len());
            let mut found = found.into_iter();
            for (id, attribute) in product.ids() {
                let total = |value: &Value| {
                    product.quote(&product.standard().clone().with(id, value.clone())).total.amount
                };
                let values = values(attribute, product.standard().value(id));
                let prices: Vec<(&Value, i64)> = values.iter().zip(found.by_ref()).collect();
                let variable = match attribute.kind {
                    Kind::MultiChoice { .. } => 2,
                    _ => prices.len(),
                };
                for own in prices.chunks(variable) {
                    for (value, price) in own {
                        assert_eq!(
                            price - own[0].1,
                            total(value) - total(own[0].0),
                            "{} {value:?}",
                            attribute.code
                        );
                    }
                }
            }
        }
    }
}
