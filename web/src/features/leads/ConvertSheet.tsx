import { Button, Checkbox, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { problemOf } from '@/api/problem';
import type { MissingItem, RecordDetail } from '@/api/types';
import { FieldForm } from '@/features/fields/FieldForm';
import { MissingList } from '@/features/process/MissingList';
import { recordPath } from '@/features/records/address';
import { fieldOf, useType } from '@/features/records/meta';
import { useSearch } from '@/features/records/search';
import { useName } from '@/ui/names';
import { Sheet } from '@/ui/Sheet';
import { useToast } from '@/ui/toast';
import css from './ConvertSheet.module.css';
import { useConvert } from './convert';

const contactKeys = ['name', 'title', 'phone', 'email', 'chain_role'];
const dealKeys = ['name', 'amount', 'expected_close', 'budget_range'];

type Props = { lead: RecordDetail; locked?: MissingItem[]; onClose: () => void };

/** Turns a lead into customer, contact and deal; an existing customer is looked for first. */
export default function ConvertSheet({ lead, locked = [], onClose }: Props) {
  const { t } = useTranslation('leads');
  const name = useName();
  const say = useToast();
  const navigate = useNavigate();
  const leadType = useType('lead');
  const customerType = useType('customer');
  const contactType = useType('contact');
  const dealType = useType('deal');
  const convert = useConvert(lead.id);
  const text = (key: string) => (typeof lead.values[key] === 'string' ? lead.values[key] : '');
  const company = text('company') || lead.title;
  const [wanted, setWanted] = useState(company);
  const [existing, setExisting] = useState<number | null>(null);
  const [customer, setCustomer] = useState<Record<string, unknown>>({ name: company, industry: lead.values['industry'], region: lead.values['region'] });
  const [contact, setContact] = useState<Record<string, unknown>>({ name: text('name'), phone: text('phone'), email: text('email') });
  const [withDeal, setWithDeal] = useState(true);
  const [deal, setDeal] = useState<Record<string, unknown>>({ name: company, budget_range: lead.values['budget_range'] });
  const hits = useSearch(wanted, 'customer', 6);
  const problem = problemOf(convert.error);
  const missing = convert.error ? (problem?.missing ?? []) : locked;
  const present = (values: Record<string, unknown>) => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== '' && value !== null));
  const errorsOf = (part: string) =>
    (problem?.errors ?? []).filter((one) => one.field.startsWith(`${part}.`)).map((one) => ({ ...one, field: one.field.slice(part.length + 1) }));

  const run = () => {
    convert.mutate(
      {
        customer_id: existing,
        customer: existing === null ? present(customer) : null,
        contact: present(contact),
        deal: withDeal ? present(deal) : null,
      },
      {
        onSuccess: (made) => {
          say('ok', t('converted'));
          onClose();
          void navigate(made.deal_id ? recordPath('deal', made.deal_id) : recordPath('customer', made.customer_id));
        },
        onError: (error) => {
          say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' }));
        },
      },
    );
  };
  const pick = (type: typeof dealType, keys: string[]) => keys.map((key) => fieldOf(type, key)).filter((field) => field !== undefined);
  return (
    <Sheet
      title={t('title', { name: lead.title })}
      onClose={onClose}
      size={640}
      footer={
        <div className={css.footer}>
          <Button onClick={onClose}>{t('cancel', { ns: 'ui' })}</Button>
          <Button type="primary" loading={convert.isPending} onClick={run}>
            {t('convert')}
          </Button>
        </div>
      }
    >
      <div className={css.body}>
        {missing.length > 0 && leadType && (
          <section className={css.locked} role="alert">
            <strong>{t('locked', { count: missing.length })}</strong>
            <MissingList items={missing} type={leadType} />
          </section>
        )}
        <section>
          <h3>{t('customer')}</h3>
          <Input.Search
            aria-label={t('searchFirst')}
            placeholder={t('searchFirst')}
            value={wanted}
            onChange={(event) => {
              setWanted(event.target.value);
            }}
          />
          <div className={css.hits} role="radiogroup" aria-label={t('customer')}>
            {(hits.data ?? []).map((hit) => (
              <label key={hit.id}>
                <input type="radio" name="customer" checked={existing === hit.id} onChange={() => { setExisting(hit.id); }} />
                {hit.title} <span className="muted">{hit.subtitle}</span>
              </label>
            ))}
            <label>
              <input type="radio" name="customer" checked={existing === null} onChange={() => { setExisting(null); }} />
              {t('newCustomer')}
            </label>
          </div>
          {existing === null && customerType && (
            <FieldForm
              plain
              prefix="customer"
              type={customerType}
              fields={customerType.fields.filter((field) => field.required || ['name', 'industry', 'region'].includes(field.key))}
              values={customer}
              onChange={setCustomer}
              errors={errorsOf('customer')}
            />
          )}
        </section>
        {contactType && (
          <section>
            <h3>{name(contactType.name)}</h3>
            <FieldForm plain prefix="contact" type={contactType} fields={pick(contactType, contactKeys)} values={contact} onChange={setContact} errors={errorsOf('contact')} />
          </section>
        )}
        {dealType && (
          <section>
            <Checkbox checked={withDeal} onChange={(event) => { setWithDeal(event.target.checked); }}>
              {t('withDeal')}
            </Checkbox>
            {withDeal && (
              <FieldForm plain prefix="deal" type={dealType} fields={pick(dealType, dealKeys)} values={deal} onChange={setDeal} errors={errorsOf('deal')} />
            )}
          </section>
        )}
      </div>
    </Sheet>
  );
}
