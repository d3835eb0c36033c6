//! The command `atelier demo-orders`.

use std::path::PathBuf;

use shop::Shop;

use super::{counted, load_catalogue};

/// How many orders are made up, and how.
#[derive(clap::Args)]
pub struct DemoOrders {
    /// How many for each product.
    #[arg(long, default_value = "3000", value_parser = clap::value_parser!(u32).range(1..=20_000))]
    count: u32,
    /// Where chance comes from: the same seed makes the same orders.
    #[arg(long, default_value = "20")]
    seed: u64,
    /// Folder of product folders; those the database does not know yet are loaded first.
    #[arg(long, env = "ATELIER_CATALOGS", default_value = "catalogs")]
    catalogs: PathBuf,
}

/// Makes orders up, and says how many each product has.
pub async fn run(shop: &Shop, demo: &DemoOrders) -> anyhow::Result<()> {
    load_catalogue(shop, &demo.catalogs).await?;
    let made = shop.make_up_orders(demo.count, demo.seed).await?;
    for made in &made {
        println!("{}: {} made-up orders of {}", made.slug, made.orders, counted(made.designs, "design"));
    }
    if made.is_empty() {
        println!("no product asks about use and has examples (past-orders.toml): nothing is made up");
    }
    Ok(())
}
