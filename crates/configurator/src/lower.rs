//! Products as finite-domain models: rules, prices and the budget over the variables of its [`layout`](crate::layout).

use crate::attribute::Attribute;
use crate::ids::AttributeId;
use crate::layout::{FILLED, Variables};
use crate::product::{Price, Product};
use crate::rule::syntax::{Comparison, Condition, Number, Property};
use engine::model::{
    Comparison as ModelComparison, ConstraintKind, Expression, Formula, Model, Price as ModelPrice,
    PriceKind, Rounding, ValueId,
};

impl Product {
    /// The model of this product's valid designs and their prices. A multi-choice has a variable for each option, a text
    /// one that tells only whether it is empty, the standard's or another.
    #[must_use]
    pub fn to_model(&self) -> Model {
        let lowering = Lowering { product: self, variables: Variables::of(self) };
        let mut model = Model { base_price: self.base_price, ..Model::default() };
        lowering.designs(&mut model);
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

    /// Adds the valid designs once more to a model, by variables of their own behind those that it has.
    pub(crate) fn add_designs(&self, model: &mut Model) -> Variables {
        let variables = Variables::after(self, model.variables.len());
        Lowering { product: self, variables: variables.clone() }.designs(model);
        variables
    }

    /// A condition over the variables of the model.
    pub(crate) fn formula(&self, condition: &Condition) -> Formula {
        Lowering { product: self, variables: Variables::of(self) }.condition(condition)
    }

    /// By value of each variable of the model: what it adds to the price.
    pub(crate) fn literal_prices(&self) -> Vec<i64> {
        let mut prices = Vec::new();
        for attribute in &self.attributes {
            prices.extend(attribute.literals().map(|literal| attribute.literal_price(literal)));
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
            for literal in attribute.literals() {
                design.set(id, attribute.value_with(literal, self.initial(id)));
                let amounts = own.iter().map(|price| self.amount(price, &design));
                found.push(amounts.fold(prices.next().unwrap_or(0), i64::saturating_add));
            }
        }
        found
    }
}

struct Lowering<'p> {
    product: &'p Product,
    variables: Variables,
}

impl Lowering<'_> {
    /// Adds the variables of all attributes and what constrains them: where attributes apply, the rules and behind these the budget
    /// come last.
    fn designs(&self, model: &mut Model) {
        let product = self.product;
        let (begun, mut points) = (model.variables.len(), Vec::new());
        for (id, attribute) in product.ids() {
            self.attribute(id, attribute, model, &mut points);
        }
        let prices = product.literal_prices();
        let mut rest = &prices[..];
        for variable in &mut model.variables[begun..] {
            let (own, others) = rest.split_at(variable.size().min(rest.len()));
            variable.prices = own.to_vec();
            rest = others;
        }
        for (id, attribute) in product.ids() {
            if let Some(applies) = &attribute.applies {
                let there = attribute.is_there(self.variables.whole(id));
                let formula = equal(&there, &self.condition(applies));
                model.add_constraint(&attribute.code, ConstraintKind::Formula(formula));
            }
        }
        points.retain(
            |points| !matches!(points, Expression::Of(_, numbers) if numbers.iter().all(|&n| n == 0)),
        );
        for rule in &product.rules {
            let formula = self.condition(&rule.condition);
            model.add_constraint(&rule.code, ConstraintKind::Formula(formula));
        }
        if let Some(budget) = product.budget {
            let ceiling = Expression::Constant(i64::from(budget.ceiling));
            let within = Formula::Compare(Expression::Sum(points), ModelComparison::AtMost, ceiling);
            model.add_constraint("budget", ConstraintKind::Formula(within));
        }
    }

    /// Adds an attribute's variables, what constrains them, and the points of their values.
    fn attribute(
        &self,
        id: AttributeId,
        attribute: &Attribute,
        model: &mut Model,
        points: &mut Vec<Expression>,
    ) {
        let standard = self.product.initial(id);
        let points_of = |literal| attribute.kind.points(&attribute.value_with(literal, standard), standard);
        let mut own = attribute.literals().map(|literal| i64::from(points_of(literal)));
        for variable in attribute.to_variables() {
            let variable = model.add_variable(variable);
            points.push(Expression::Of(variable, own.by_ref().take(attribute.size()).collect()));
        }
        for constraint in attribute.constraints(standard, self.variables.whole(id)) {
            model.add_constraint(&attribute.code, ConstraintKind::Formula(constraint));
        }
    }

    fn condition(&self, condition: &Condition) -> Formula {
        let two = |left: &Condition, right: &Condition| vec![self.condition(left), self.condition(right)];
        match condition {
            Condition::In(attribute, options) => Formula::In(
                self.variables.whole(*attribute),
                options.iter().map(|option| ValueId::new(option.index())).collect(),
            ),
            Condition::NotIn(id, options) => {
                let others = self.product.attribute(*id).option_ids().map(|(option, _)| option);
                let others = others.filter(|option| !options.contains(option));
                let others = others.map(|option| ValueId::new(option.index())).collect();
                Formula::In(self.variables.whole(*id), others)
            }
            Condition::Has(attribute, option) => {
                Formula::In(self.variables.member(*attribute, *option), vec![ValueId(1)])
            }
            Condition::Filled(attribute) => {
                Formula::In(self.variables.whole(*attribute), FILLED.map(ValueId::new).to_vec())
            }
            Condition::Compare(left, comparison, right) => {
                let compared = Formula::Compare(self.number(left), compared(*comparison), self.number(right));
                let mut all = Vec::new();
                for id in [left, right].into_iter().filter_map(Number::needs) {
                    let attribute = self.product.attribute(id);
                    if attribute.applies.is_some() {
                        all.push(attribute.is_there(self.variables.whole(id)));
                    }
                }
                if all.is_empty() {
                    return compared;
                }
                all.push(compared);
                Formula::And(all)
            }
            Condition::Not(inner) => self.condition(inner).negated(),
            Condition::And(left, right) => Formula::And(two(left, right)),
            Condition::Or(left, right) => Formula::Or(two(left, right)),
            Condition::Implies(left, right) => {
                Formula::Or(vec![self.condition(left).negated(), self.condition(right)])
            }
            Condition::Iff(left, right) => equal(&self.condition(left), &self.condition(right)),
        }
    }

    fn number(&self, number: &Number) -> Expression {
        let boxed = |number: &Number| Box::new(self.number(number));
        match number {
            Number::Constant(constant) => Expression::Constant(*constant),
            Number::Attribute(id) => {
                let attribute = self.product.attribute(*id);
                let numbers = attribute.kind.numbers();
                numbers.map_or(Expression::Constant(0), |numbers| {
                    self.variables.of_whole(*id, attribute, numbers.iter())
                })
            }
            Number::Property(id, property) => self.property(*id, property),
            Number::Count(id) => {
                let attribute = self.product.attribute(*id);
                self.variables.total(*id, attribute, &vec![1; attribute.options().len()])
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
        self.variables.total(id, self.product.attribute(id), &property.values)
    }
}

/// Both hold or neither does.
fn equal(left: &Formula, right: &Formula) -> Formula {
    let both = vec![left.clone(), right.clone()];
    Formula::Or(vec![
        Formula::And(both.clone()),
        Formula::And(both.into_iter().map(Formula::negated).collect()),
    ])
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

#[cfg(all(test, feature = "file"))]
mod tests {
    use crate::file::File;
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
                let standard = product.initial(id);
                let values: Vec<Value> =
                    attribute.literals().map(|literal| attribute.value_with(literal, standard)).collect();
                let prices: Vec<(&Value, i64)> = values.iter().zip(found.by_ref()).collect();
                for own in prices.chunks(attribute.size()) {
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
