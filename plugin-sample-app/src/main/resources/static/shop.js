import { element, watch } from '/page.js';

const WORDS = {
  pending: 'pending',
  delivered: 'delivered',
  refused: 'refused',
  none: 'not sent to this store',
};
const ADDRESS = ['line1', 'postalCode', 'city', 'state', 'country'];
const PLAIN = ['email', 'firstName', 'lastName', 'phone', 'locale'];
const FLAGS = ['receiveEmail', 'deactivated'];

const byId = (id) => document.getElementById(id);
const form = byId('form');
const field = (name) => form.elements[name];
let edited = null;

function values() {
  const pick = (names, key) => Object.fromEntries(names.map((name) => [name, field(name)[key]]));
  const address = pick(ADDRESS, 'value');
  address.country = address.country.toUpperCase();
  address.state = address.state.toUpperCase();
  const attributes = { ...(edited?.attributes ?? {}) };
  delete attributes.loyaltyTier;
  if (field('loyaltyTier').value.trim()) {
    attributes.loyaltyTier = field('loyaltyTier').value.trim();
  }
  return { ...pick(PLAIN, 'value'), ...pick(FLAGS, 'checked'), address, attributes };
}

function edit(customer) {
  edited = customer;
  form.reset();
  if (customer) {
    PLAIN.forEach((name) => { field(name).value = customer[name] ?? ''; });
    FLAGS.forEach((name) => { field(name).checked = customer[name]; });
    ADDRESS.forEach((name) => { field(name).value = customer.address?.[name] ?? ''; });
    field('loyaltyTier').value = customer.attributes.loyaltyTier ?? '';
    const home = customer.stores.find((state) => state.state !== 'none');
    field('site').value = home?.store === 'eu' ? 'eu-shop' : '';
  }
  byId('form-title').textContent = customer ? `Edit customer ${customer.id}` : 'Register';
  byId('save').textContent = customer ? 'Save' : 'Register';
  byId('cancel').hidden = !customer;
  field('email').focus();
}

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const path = edited ? `/api/customers/${edited.id}` : '/api/customers';
  const site = encodeURIComponent(field('site').value);
  const response = await fetch(`${path}?site=${site}`, {
    method: edited ? 'PUT' : 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(values()),
  });
  byId('message').textContent = response.ok ? 'Saved.' : `Not saved: the shop answered ${response.status}.`;
  if (response.ok) {
    edit(null);
  }
});
byId('cancel').addEventListener('click', () => edit(null));

function stateLine(state) {
  const why = state.why ? `: ${state.why}` : '';
  const tries = state.state === 'pending' && state.attempts > 0 ? `, tried ${state.attempts} times` : '';
  return element('div', { className: 'state' },
    element('dt', {}, state.store),
    element('dd', {}, element('span', { className: state.state }, WORDS[state.state] + tries), why));
}

function card(customer) {
  const name = [customer.firstName, customer.lastName].filter(Boolean).join(' ') || customer.email || 'No name';
  const change = element('button', { type: 'button', id: `edit-${customer.id}` }, 'Edit');
  change.setAttribute('aria-label', `Edit customer ${customer.id}`);
  change.addEventListener('click', () => edit(customer));
  const about = [customer.email, customer.phone, customer.attributes.loyaltyTier, customer.address?.country,
    customer.deactivated ? 'deactivated' : null].filter(Boolean).join(' · ');
  return element('li', { className: 'card' },
    element('div', { className: 'row' },
      element('div', {}, element('h3', {}, `${name} (${customer.id})`), element('div', { className: 'muted' }, about)),
      change),
    element('dl', { className: 'states' }, ...customer.stores.map(stateLine)));
}

watch(
  () => '/api/customers',
  (customers) => byId('customers').replaceChildren(
    ...(customers.length ? customers.map(card) : [element('li', { className: 'muted' }, 'Nobody has registered yet.')])),
  (problem) => { byId('problem').textContent = problem; },
);
