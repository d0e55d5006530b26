-- Yotpo Customer Sync: the ledger of desired against acknowledged state, and what all nodes agree on about a store.
-- Times are epoch milliseconds. Under another prefix or schema, change the names here alike.
-- Rows are updated often: room in each page keeps the updates off the indexes, and vacuum comes early.

CREATE TABLE IF NOT EXISTS yotpo_customer_sync (
    store_id        VARCHAR(64) COLLATE "C" NOT NULL,
    customer_id     VARCHAR(128) COLLATE "C" NOT NULL,
    status          CHAR(1)      NOT NULL, -- P pending, S in sync, D parked
    origin          SMALLINT     NOT NULL, -- 0 live, 1 scan
    payload         TEXT, -- personal data, only while it may have to be sent
    desired_fp      VARCHAR(64)  NOT NULL,
    acked_fp        VARCHAR(64),
    acked_fields    VARCHAR(250), -- one short keyed hash a field, no personal data
    source_ver      BIGINT       NOT NULL,
    attempts        INTEGER      NOT NULL,
    next_attempt_at BIGINT       NOT NULL,
    pending_since   BIGINT       NOT NULL,
    lease_token     VARCHAR(64),
    lease_until     BIGINT       NOT NULL,
    failure_kind    VARCHAR(32),
    failure_status  INTEGER,
    failure_reason  VARCHAR(300),
    note            VARCHAR(500),
    contact_fp      VARCHAR(64) COLLATE "C", -- the e-mail's or phone number's fingerprint
    contact_alone   SMALLINT     NOT NULL, -- 1: identified by nothing else
    former_contacts INTEGER      NOT NULL,
    created_at      BIGINT       NOT NULL,
    updated_at      BIGINT       NOT NULL,
    acked_at        BIGINT,
    PRIMARY KEY (store_id, customer_id)
) WITH (
    fillfactor = 80,
    autovacuum_vacuum_scale_factor = 0.02,
    autovacuum_analyze_scale_factor = 0.02
);

CREATE INDEX IF NOT EXISTS yotpo_customer_sync_due
    ON yotpo_customer_sync (store_id, origin, next_attempt_at) WHERE status = 'P';

CREATE INDEX IF NOT EXISTS yotpo_customer_sync_parked
    ON yotpo_customer_sync (store_id, customer_id) WHERE status = 'D';

-- A hash: contacts are looked up one by one, and come in no order, which makes an ordered index a third of a write.
CREATE INDEX IF NOT EXISTS yotpo_customer_sync_contact
    ON yotpo_customer_sync USING hash (contact_fp);

CREATE TABLE IF NOT EXISTS yotpo_store_state (
    store_id        VARCHAR(64) COLLATE "C" NOT NULL,
    enabled         SMALLINT, -- 1 or 0 overrides the property
    paused          SMALLINT     NOT NULL,
    pause_reason    VARCHAR(500),
    wait_until      BIGINT,
    held            VARCHAR(500),
    held_until      BIGINT,
    catch_up_needed SMALLINT     NOT NULL,
    version         BIGINT       NOT NULL,
    lane_node       VARCHAR(128), -- who drains the store, with which fence, until when
    lane_fence      BIGINT       NOT NULL,
    lane_until      BIGINT       NOT NULL,
    PRIMARY KEY (store_id)
) WITH (fillfactor = 50);

-- Where scans over all customers stand, and which node does them (the row of store *).
CREATE TABLE IF NOT EXISTS yotpo_scan_state (
    store_id        VARCHAR(64) COLLATE "C" NOT NULL,
    job             VARCHAR(160) COLLATE "C" NOT NULL,
    status          VARCHAR(16)  NOT NULL,
    phase           VARCHAR(16)  NOT NULL,
    last_id         VARCHAR(128), -- the scan goes on behind this customer
    watermark       BIGINT       NOT NULL, -- customers changed since then
    progress        VARCHAR(1000) NOT NULL, -- counts
    question        VARCHAR(2000), -- why the scan waits for an operator, no personal data
    started_at      BIGINT       NOT NULL,
    updated_at      BIGINT       NOT NULL,
    finished_at     BIGINT,
    version         BIGINT       NOT NULL,
    lease_node      VARCHAR(128),
    lease_until     BIGINT       NOT NULL,
    PRIMARY KEY (store_id, job)
) WITH (fillfactor = 50);

CREATE TABLE IF NOT EXISTS yotpo_audit ( -- what operators did: their names, no data of customers
    acted_at        BIGINT       NOT NULL,
    entry_id        VARCHAR(36)  NOT NULL,
    actor           VARCHAR(128) NOT NULL,
    act             VARCHAR(32)  NOT NULL,
    store_id        VARCHAR(64),
    customer_id     VARCHAR(128),
    reason          VARCHAR(300),
    outcome         VARCHAR(300) NOT NULL,
    PRIMARY KEY (acted_at, entry_id)
);
