import { PlusOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { FieldMeta, RecordDetail, RecordItem } from '@/api/types';
import { recordPath } from '@/features/records/address';
import { fieldOf, useType } from '@/features/records/meta';
import { useRelated } from '@/features/records/queries';
import { Avatar } from '@/ui/Avatar';
import { Faces } from '@/ui/faces';
import { useName } from '@/ui/names';
import css from './DecisionChain.module.css';
import { chainOf, tierOf, type ChainRole, type Tier } from './chain';

const tiers: Tier[] = ['decide', 'shape', 'use'];

function Person({ contact, attitude }: { contact: RecordItem; attitude?: FieldMeta }) {
  const name = useName();
  const { t } = useTranslation('customers');
  const feeling = attitude?.choices.find((choice) => choice.key === contact.values['attitude']);
  const title = contact.values['title'];
  return (
    <li className={css.person} data-attitude={feeling?.key}>
      <Avatar name={contact.title} size={30} />
      <span className="grow">
        <Link to={recordPath('contact', contact.id)} className={css.name}>
          {contact.title}
        </Link>
        <span className={css.title}>{typeof title === 'string' ? title : ''}</span>
      </span>
      <span className={css.attitude}>{feeling ? name(feeling.name) : t('chain.noAttitude')}</span>
    </li>
  );
}

function Role({ role, label, attitude, add }: { role: ChainRole; label: string; attitude?: FieldMeta; add: string }) {
  const { t } = useTranslation('customers');
  return (
    <section className={css.role} data-open={role.people.length === 0 || undefined}>
      <h4>
        {label}
        <Link to={add} aria-label={t('chain.addRole', { role: label })} title={t('chain.addRole', { role: label })}>
          <PlusOutlined />
        </Link>
      </h4>
      {role.people.length === 0 ? (
        <p className={css.none}>{t('chain.uncovered')}</p>
      ) : (
        <ul>
          {role.people.map((contact) => (
            <Person key={contact.id} contact={contact} attitude={attitude} />
          ))}
        </ul>
      )}
    </section>
  );
}

/** The people who decide, shape and use, as a chart: which roles are covered, and how each person feels. */
export default function DecisionChain({ type, record }: { type: string; record: RecordDetail }) {
  const { t } = useTranslation('customers');
  const name = useName();
  const contactType = useType('contact');
  const related = useRelated(type, record.id);
  const roleField = fieldOf(contactType, 'chain_role');
  const attitude = fieldOf(contactType, 'attitude');
  const customer = type === 'customer' ? record.id : record.values['customer'];
  const addFor = (role?: string) =>
    `/r/contact/new?with=${encodeURIComponent(JSON.stringify({ customer, ...(role ? { chain_role: role } : {}) }))}`;
  return (
    <Faces query={related}>
      {(groups) => {
        const contacts = groups.find((group) => group.type === 'contact')?.items ?? [];
        const chain = chainOf(roleField, contacts);
        const covered = chain.filter((role) => role.people.length > 0).length;
        const others = contacts.filter((contact) => !contact.values['chain_role']);
        return (
          <div className={css.map}>
            <div className={css.head}>
              <span>
                {t('chain.covered', { covered, total: chain.length, people: contacts.length })}
              </span>
              <meter min={0} max={chain.length || 1} value={covered} aria-label={t('chain.title')} />
              <span className="grow" />
              <Link to={addFor()}>{t('chain.add')}</Link>
            </div>
            {tiers.map((tier) => (
              <div key={tier} className={css.tier} data-tier={tier}>
                {chain
                  .filter((role) => tierOf(role.key) === tier)
                  .map((role) => {
                    const label = name(roleField?.choices.find((choice) => choice.key === role.key)?.name);
                    return <Role key={role.key} role={role} label={label} attitude={attitude} add={addFor(role.key)} />;
                  })}
              </div>
            ))}
            {others.length > 0 && (
              <section>
                <h4 className={css.rest}>{t('chain.unmarked')}</h4>
                <ul className={css.people}>
                  {others.map((contact) => (
                    <Person key={contact.id} contact={contact} attitude={attitude} />
                  ))}
                </ul>
              </section>
            )}
          </div>
        );
      }}
    </Faces>
  );
}

