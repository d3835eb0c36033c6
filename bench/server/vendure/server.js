// Vendure as a shop with one product, the travel bike's standard at the shop's price, on SQLite (WAL, FULL).
//
//   node server.js DATABASE PRICE    (VENDURE_DISABLE_TELEMETRY=true)
//
// PRICE is in cents, with tax. It fills a new database, and says on standard output where it listens. What Vendure logs is left out.

import vendure from "@vendure/core";
import populating from "@vendure/core/cli/populate.js";

const { bootstrap, ChannelService, DefaultLogger, FastImporterService, LanguageCode, LogLevel, PaymentMethodHandler } = vendure;
const [database, price] = process.argv.slice(2);

// Like the shop's orders, which are invoiced.
const invoice = new PaymentMethodHandler({
  code: "invoice",
  description: [{ languageCode: LanguageCode.en, value: "Invoice" }],
  args: {},
  createPayment: (_, order, amount) => ({ amount, state: "Settled", transactionId: order.code }),
  settlePayment: () => ({ success: true }),
});

const config = {
  apiOptions: { hostname: "127.0.0.1", port: 0, shopApiPath: "shop-api", adminApiPath: "admin-api" },
  authOptions: {
    tokenMethod: "bearer",
    superadminCredentials: { identifier: "mia", password: "a kiln and a wheel" },
    cookieOptions: { secret: "of no importance here" },
  },
  dbConnectionOptions: {
    type: "better-sqlite3",
    database,
    synchronize: true,
    enableWAL: true,
    prepareDatabase: (connection) => connection.pragma("synchronous = FULL"),
  },
  paymentOptions: { paymentMethodHandlers: [invoice] },
  logger: new DefaultLogger({ level: LogLevel.Error }),
  plugins: [],
};

const shop = {
  defaultLanguage: LanguageCode.en,
  defaultZone: "Europe",
  countries: [{ name: "Portugal", code: "PT", zone: "Europe" }],
  taxRates: [{ name: "Standard Tax", percentage: 0 }],
  shippingMethods: [{ name: "Carrier", price: 0 }],
  paymentMethods: [{ name: "Invoice", handler: { code: "invoice", arguments: [] } }],
  collections: [],
};

let app = await bootstrap(config);
await populating.populateInitialData(app, shop);
const importer = app.get(FastImporterService);
await importer.initialize(await app.get(ChannelService).getDefaultChannel());
const bike = { enabled: true, featuredAssetId: undefined, assetIds: [], facetValueIds: [], optionGroupIds: [], optionIds: [] };
const text = (name, slug) => [{ languageCode: LanguageCode.en, name, slug, description: "" }];
const product = await importer.createProduct({ ...bike, translations: text("Travel bike", "travel-bike") });
await importer.createProductVariant({
  ...bike,
  productId: product,
  sku: "travel-bike-standard",
  price: Number(price),
  stockOnHand: 0,
  trackInventory: "FALSE",
  taxCategoryId: 1,
  translations: text("Travel bike"),
});
// What was filled in is read at a start.
await app.close();
app = await bootstrap({ ...config, dbConnectionOptions: { ...config.dbConnectionOptions, synchronize: false } });
console.log(`127.0.0.1:${app.getHttpServer().address().port}`);
