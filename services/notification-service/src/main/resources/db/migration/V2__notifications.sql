-- Templates belong to the operator. A version is never changed: a message names the version it was made from.
CREATE TABLE notification_template (
    id              uuid PRIMARY KEY,
    name            varchar NOT NULL UNIQUE CHECK (name ~ '^[a-z][a-z0-9-]{0,62}$'),
    category        varchar NOT NULL CHECK (category IN ('account', 'invoices', 'subscriptions', 'alerts', 'announcements')),
    description     varchar,
    -- Sent by the service itself on events: can be given new versions, not deleted.
    built_in        boolean NOT NULL DEFAULT false,
    current_version integer NOT NULL CHECK (current_version >= 1),
    created_at      timestamptz NOT NULL,
    deleted_at      timestamptz,
    CHECK (NOT (built_in AND deleted_at IS NOT NULL))
);

CREATE TABLE notification_template_version (
    id          uuid PRIMARY KEY,
    template_id uuid NOT NULL REFERENCES notification_template (id),
    version     integer NOT NULL CHECK (version >= 1),
    subject     varchar NOT NULL CHECK (length(subject) BETWEEN 1 AND 500),
    text        varchar NOT NULL,
    html        varchar,
    -- Names joined by commas.
    variables   varchar NOT NULL,
    created_at  timestamptz NOT NULL,
    created_by  varchar NOT NULL,
    UNIQUE (template_id, version)
);
REVOKE UPDATE, DELETE ON notification_template_version FROM app_rw;
ALTER TABLE notification_template ADD CONSTRAINT current_version_exists
    FOREIGN KEY (id, current_version) REFERENCES notification_template_version (template_id, version)
    DEFERRABLE INITIALLY DEFERRED;

-- Secrets are encrypted by the application; the one before stays valid for a while after a rotation.
CREATE TABLE webhook_endpoint (
    id                   uuid PRIMARY KEY,
    tenant_id            uuid NOT NULL,
    url                  varchar NOT NULL CHECK (length(url) <= 2048 AND url ~ '^https?://'),
    description          varchar,
    -- Types joined by commas; empty for all.
    event_types          varchar NOT NULL,
    enabled              boolean NOT NULL,
    disabled_reason      varchar,
    secret               bytea NOT NULL,
    previous_secret      bytea,
    previous_valid_until timestamptz,
    created_at           timestamptz NOT NULL,
    updated_at           timestamptz NOT NULL,
    CHECK ((previous_secret IS NULL) = (previous_valid_until IS NULL))
);
CREATE INDEX webhook_endpoint_by_tenant ON webhook_endpoint (tenant_id, id);
CALL protect_by_tenant('webhook_endpoint');

-- What is to be delivered, rendered when it was asked for: a template changed later does not change a message.
CREATE TABLE notification (
    id              uuid PRIMARY KEY,
    tenant_id       uuid,
    channel         varchar NOT NULL CHECK (channel IN ('email', 'webhook')),
    category        varchar NOT NULL CHECK (category IN ('account', 'invoices', 'subscriptions', 'alerts', 'announcements')),
    template        varchar,
    template_version integer,
    event_type      varchar,
    recipient       varchar NOT NULL,
    endpoint_id     uuid,
    subject         varchar,
    text            varchar,
    html            varchar,
    payload         varchar,
    state           varchar NOT NULL CHECK (state IN ('queued', 'sent', 'delivered', 'failed', 'suppressed')),
    attempts        integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    -- Attempts since the last time somebody asked for a retry: the limit applies to these.
    tries           integer NOT NULL DEFAULT 0 CHECK (tries >= 0),
    next_attempt_at timestamptz,
    last_error      varchar,
    created_at      timestamptz NOT NULL,
    sent_at         timestamptz,
    delivered_at    timestamptz,
    failed_at       timestamptz,
    CHECK (channel <> 'email' OR (subject IS NOT NULL AND text IS NOT NULL AND payload IS NULL)),
    CHECK (channel <> 'webhook' OR (endpoint_id IS NOT NULL AND payload IS NOT NULL AND event_type IS NOT NULL)),
    CHECK ((state = 'delivered') = (delivered_at IS NOT NULL)),
    CHECK ((state = 'failed') = (failed_at IS NOT NULL)),
    -- Due when queued; while sent, the time at which the lease runs out and another process may try.
    CHECK ((state IN ('queued', 'sent')) = (next_attempt_at IS NOT NULL))
);
CREATE INDEX notification_due ON notification (next_attempt_at) WHERE state IN ('queued', 'sent');
CREATE INDEX notification_by_tenant ON notification (tenant_id, id);
CREATE INDEX notification_by_state ON notification (state, id);
CALL protect_by_tenant('notification');

CREATE TABLE notification_attempt (
    id              uuid PRIMARY KEY,
    notification_id uuid NOT NULL REFERENCES notification (id),
    tenant_id       uuid,
    number          integer NOT NULL CHECK (number >= 1),
    started_at      timestamptz NOT NULL,
    finished_at     timestamptz NOT NULL,
    outcome         varchar NOT NULL CHECK (outcome IN ('delivered', 'retry', 'failed')),
    status          integer,
    detail          varchar,
    UNIQUE (notification_id, number)
);
CALL protect_by_tenant('notification_attempt');
REVOKE UPDATE, DELETE ON notification_attempt FROM app_rw;

-- What a tenant does not want to get; categories that must be delivered cannot be switched off.
CREATE TABLE notification_opt_out (
    id         uuid PRIMARY KEY,
    tenant_id  uuid NOT NULL,
    category   varchar NOT NULL CHECK (category IN ('subscriptions', 'alerts', 'announcements')),
    created_at timestamptz NOT NULL,
    UNIQUE (tenant_id, category)
);
CALL protect_by_tenant('notification_opt_out');

-- Whom a tenant's messages go to unless an event says otherwise: the owner who signed up.
CREATE TABLE notification_contact (
    tenant_id     uuid PRIMARY KEY,
    tenant_name   varchar NOT NULL,
    owner_user_id uuid,
    owner_name    varchar,
    email         varchar NOT NULL,
    updated_at    timestamptz NOT NULL
);
CALL protect_by_tenant('notification_contact');

-- The messages that the service sends by itself. An operator changes them by giving them new versions.

INSERT INTO notification_template (id, name, category, description, built_in, current_version, created_at)
VALUES
    ('01980000-0000-7000-8000-000000000001', 'welcome', 'account', 'Sent to the owner of a new tenant', true, 1, '2026-01-01T00:00:00Z'),
    ('01980000-0000-7000-8000-000000000002', 'invoice-finalized', 'invoices', 'Sent to the customer when an invoice is issued', true, 1, '2026-01-01T00:00:00Z'),
    ('01980000-0000-7000-8000-000000000003', 'invoice-paid', 'invoices', 'Sent to the customer when an invoice is paid', true, 1, '2026-01-01T00:00:00Z'),
    ('01980000-0000-7000-8000-000000000004', 'invoice-voided', 'invoices', 'Sent to the customer when an invoice is voided', true, 1, '2026-01-01T00:00:00Z'),
    ('01980000-0000-7000-8000-000000000005', 'alert-triggered', 'alerts', 'Sent when usage reaches the threshold of an alert', true, 1, '2026-01-01T00:00:00Z'),
    ('01980000-0000-7000-8000-000000000006', 'subscription-changed', 'subscriptions', 'Sent when a subscription begins, changes or ends', true, 1, '2026-01-01T00:00:00Z');

INSERT INTO notification_template_version
    (id, template_id, version, subject, text, html, variables, created_at, created_by)
VALUES
    ('01980000-0000-7000-8000-000000000011', '01980000-0000-7000-8000-000000000001', 1,
     'Welcome to Countinghouse, {owner_name}',
     E'Hello {owner_name},\n\n{tenant_name} is set up, and you are its owner. You can log in with {email}.\n\nNext: choose a plan, then send your first usage event.\n',
     E'<p>Hello {owner_name},</p>\n<p>{tenant_name} is set up, and you are its owner. You can log in with <b>{email}</b>.</p>\n<p>Next: choose a plan, then send your first usage event.</p>\n',
     'owner_name,tenant_name,email', '2026-01-01T00:00:00Z', 'countinghouse'),
    ('01980000-0000-7000-8000-000000000012', '01980000-0000-7000-8000-000000000002', 1,
     'Invoice {number}: {total} {currency}',
     E'Dear {customer_name},\n\nyour invoice {number} over {total} {currency} has been issued. It is due on {due_date}.\n\nThe invoice as PDF: {pdf_url}\n',
     E'<p>Dear {customer_name},</p>\n<p>your invoice <b>{number}</b> over <b>{total} {currency}</b> has been issued. It is due on {due_date}.</p>\n<p><a href="{pdf_url}">The invoice as PDF</a></p>\n',
     'customer_name,number,total,currency,due_date,pdf_url', '2026-01-01T00:00:00Z', 'countinghouse'),
    ('01980000-0000-7000-8000-000000000013', '01980000-0000-7000-8000-000000000003', 1,
     'Payment received for invoice {number}',
     E'Dear {customer_name},\n\nthank you. We received {total} {currency} for invoice {number} on {paid_date}.\n\nThe invoice as PDF: {pdf_url}\n',
     E'<p>Dear {customer_name},</p>\n<p>thank you. We received <b>{total} {currency}</b> for invoice <b>{number}</b> on {paid_date}.</p>\n<p><a href="{pdf_url}">The invoice as PDF</a></p>\n',
     'customer_name,number,total,currency,paid_date,pdf_url', '2026-01-01T00:00:00Z', 'countinghouse'),
    ('01980000-0000-7000-8000-000000000014', '01980000-0000-7000-8000-000000000004', 1,
     'Invoice {number} is void',
     E'Dear {customer_name},\n\ninvoice {number} over {total} {currency} is void. Nothing is to be paid for it.\n',
     E'<p>Dear {customer_name},</p>\n<p>invoice <b>{number}</b> over {total} {currency} is void. Nothing is to be paid for it.</p>\n',
     'customer_name,number,total,currency', '2026-01-01T00:00:00Z', 'countinghouse'),
    ('01980000-0000-7000-8000-000000000015', '01980000-0000-7000-8000-000000000005', 1,
     'Usage alert: {alert_name}',
     E'The alert "{alert_name}" was triggered: {meter} has reached {value}. Its threshold is {threshold}, counted from {period_start}.\n',
     E'<p>The alert <b>{alert_name}</b> was triggered: {meter} has reached <b>{value}</b>. Its threshold is {threshold}, counted from {period_start}.</p>\n',
     'alert_name,meter,value,threshold,period_start', '2026-01-01T00:00:00Z', 'countinghouse'),
    ('01980000-0000-7000-8000-000000000016', '01980000-0000-7000-8000-000000000006', 1,
     'Your subscription was {change}',
     E'Your subscription was {change}. Plan: {plan_code}, version {plan_version}.\n',
     E'<p>Your subscription was <b>{change}</b>. Plan: {plan_code}, version {plan_version}.</p>\n',
     'change,plan_code,plan_version', '2026-01-01T00:00:00Z', 'countinghouse');
