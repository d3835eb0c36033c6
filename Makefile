# make run    set up, build, load the demo products, serve on http://127.0.0.1:3000
# make test   everything: format, lints, unit, property, store, HTTP, WebAssembly and browser tests
# make looks  photographs of every page on every screen, in every colour scheme and language
# make pictures  takes the pictures of docs/shopper.md, docs/merchandiser.md and README.md anew
# make dev    serve and rebuild on every change
# make bench-engine  the engine beside its peers, into bench/RESULTS.md; half an hour
# make bench-page    the shopper's page in a browser: clicks, bytes, first views, random walks, into bench/RESULTS.md; half an hour
# make weigh-page    what the browser loads, by crate
# make bench-analysis  how long the analysis of each demo product takes, into bench/RESULTS.md; half a minute after the build
# make bench-server  a shop with a thousand products, cold starts, orders and pages beside others, into bench/RESULTS.md; fifteen minutes
# make faults  a shop to which things happen, and every order that it acknowledged, into bench/RESULTS.md; five minutes
# make bench-experiments  gate and experiments on thousands of made-up shops, into bench/RESULTS.md; three minutes
# make scale   three replicas on PostgreSQL: one is killed, then the primary, and the standby takes over, into bench/RESULTS.md; three minutes
# make eval    how well past orders tell what is chosen next, on ../shared/data/renault or DATA=folder; the former into bench/RESULTS.md; ten minutes
export PATH := $(CURDIR)/node_modules/.bin:$(HOME)/.cache/atelier/node/bin:$(HOME)/.cargo/bin:$(PATH)
.DELETE_ON_ERROR:
.PHONY: run build test test-rust test-script test-wasm test-browser test-faults lint looks dev setup clean bench-engine bench-experiments bench-analysis bench-server faults scale weigh-page bench-page pictures eval

# A demo that is new has made-up orders to learn from; a database of one's own is left alone.
run: build
	@[ -e atelier.db ] || [ -n "$$ATELIER_DATABASE$$DATABASE_URL" ] || ./target/release/atelier demo-orders
	ATELIER_SHOP_FILE=$${ATELIER_SHOP_FILE:-catalogs/shop.toml} ./target/release/atelier

setup:
	@scripts/setup.sh build

build: setup
	@$(MAKE) --no-print-directory target/site/.built
	cargo build --release -p server --bin atelier

# What the browser loads; building it anew takes a while even when nothing changed.
BROWSER := $(shell find app frontend crates style public Cargo.toml Cargo.lock -type f -not -path '*/tests/*')
target/site/.built: $(BROWSER)
	cargo leptos build --release --precompress --frontend-only
	@touch $@

# There are no examples in comments to be tried: looking for them in all libraries takes minutes.
TESTS := --workspace --exclude frontend --lib --bins --tests
# The tests of all crates have the server built already, with what they need of its libraries: built alone, it would be made anew.
WITH_TESTS := cargo test $(TESTS) --no-run --quiet
# Runs the tests of all crates side by side; without it those of one crate wait for the slowest of another.
NEXTEST := $(shell command -v cargo-nextest)
# The same random cases for everybody, so that a run says something of the change it is of; rare ones are looked for with other seeds.
export PROPTEST_RNG_SEED ?= 0
SERVER ?= cargo build -p server --quiet
test:
	@scripts/setup.sh test
	@$(MAKE) --no-print-directory SERVER="$(WITH_TESTS)" lint test-rust test-script test-wasm test-faults test-browser

lint:
	cargo fmt --all --check
	cargo clippy --workspace --exclude frontend --all-targets --quiet -- -D warnings
	cargo clippy -p frontend --target wasm32-unknown-unknown --quiet -- -D warnings

test-rust:
	$(if $(NEXTEST),cargo nextest run $(TESTS) --cargo-quiet --status-level fail --no-fail-fast,cargo test $(TESTS) --quiet)

# What pages do where their script can't be loaded.
test-script:
	node --test end2end/start.test.mjs

# The engine answers the same natively and in WebAssembly, which is made as a page's.
test-wasm: target/engine-module/engine_module.js
	cargo build -p engine-module --quiet
	node bench/engine/same.mjs target/debug/engine-answers

ENGINE := $(shell find bench/engine/module crates/engine crates/import crates/configurator Cargo.toml Cargo.lock Makefile -type f)
target/engine-module/engine_module.js: $(ENGINE)
	cargo build --profile wasm-release --target wasm32-unknown-unknown -p engine-module --lib --quiet
	wasm-bindgen --target nodejs --no-typescript --out-dir target/engine-module target/wasm32-unknown-unknown/wasm-release/engine_module.wasm
	wasm-opt -Oz target/engine-module/engine_module_bg.wasm -o target/engine-module/engine_module_bg.wasm

# Only what a page calls, and that without asking anything, to weigh them.
target/engine-page/asking/engine_module_bg.wasm: $(ENGINE)
	for feature in none asking; do \
	    cargo build --profile wasm-release --target wasm32-unknown-unknown -p engine-module --lib --no-default-features --features $$feature --quiet && \
	    wasm-bindgen --target nodejs --no-typescript --remove-name-section --out-dir target/engine-page/$$feature target/wasm32-unknown-unknown/wasm-release/engine_module.wasm && \
	    wasm-opt -Oz target/engine-page/$$feature/engine_module_bg.wasm -o target/engine-page/$$feature/engine_module_bg.wasm || exit 1; \
	done

# A minute of what `make faults` does in full.
test-faults:
	$(SERVER)
	cargo build -p server-load --quiet
	python3 bench/faults/run.py --short --strict --binary target/debug/atelier

test-browser:
	@$(MAKE) --no-print-directory target/site/.built
	$(SERVER)
	npx playwright test --config end2end/playwright.config.ts

# Every page on every screen, in every colour scheme and language, into end2end/screenshots/looks.
looks:
	@scripts/setup.sh test
	@$(MAKE) --no-print-directory target/site/.built
	cargo build -p server --quiet
	LOOKS=all npx playwright test --config end2end/playwright.config.ts layouts

pictures:
	@scripts/setup.sh test
	@$(MAKE) --no-print-directory target/site/.built
	cargo build -p server --quiet
	PICTURES=all npx playwright test --config end2end/playwright.config.ts pictures.spec merchandiser.spec

dev: setup
	cargo leptos watch

bench-engine: target/engine-module/engine_module.js target/engine-page/asking/engine_module_bg.wasm
	cargo build --release -p configurator-cli
	cargo build --release -p engine-module
	python3 bench/engine/run.py $(BENCH)

bench-experiments:
	cargo build --release -p experiment-trials
	python3 bench/experiments/run.py $(BENCH)

bench-analysis:
	cargo build --release -p configurator --features file --example analysis_times
	python3 bench/analysis/run.py $(BENCH)

bench-server:
	cargo build --release -p server --bin atelier
	cargo build --release -p server-load
	npm ci --prefix bench/server/fastify --no-audit --no-fund || echo "Fastify can't be installed and is left out"
	npm ci --prefix bench/server/vendure --no-audit --no-fund || echo "Vendure can't be installed and is left out"
	python3 bench/server/run.py $(BENCH)

faults:
	cargo build --release -p server --bin atelier
	cargo build --release -p server-load
	python3 bench/faults/run.py $(FAULTS)

scale:
	cargo build --release -p server --bin atelier
	python3 bench/scale/run.py $(SCALE)

bench-page:
	@scripts/setup.sh test
	@$(MAKE) --no-print-directory target/site/.built
	cargo build --release -p server --bin atelier
	node bench/page/run.mjs $(BENCH)

weigh-page:
	cargo build --profile wasm-release --target wasm32-unknown-unknown -p frontend --lib --quiet
	node bench/page/weigh.mjs target/wasm32-unknown-unknown/wasm-release/frontend.wasm

# Ten folds of sales and the rules of the product. What is measured on other data is printed, with plots in target/eval.
SALES ?= ../shared/data/renault
eval:
	cargo build --release -p evaluate
ifdef DATA
	./target/release/evaluate $(DATA) --plots target/eval $(EVAL)
else
	./target/release/evaluate $(SALES)/small $(SALES)/medium --results bench/RESULTS.md --plots bench/personalize/plots \
	    --note "$$(date +%F), commit $$(git rev-parse --short HEAD), $$(nproc) cores" $(EVAL)
endif

clean:
	rm -rf target node_modules public/fonts
