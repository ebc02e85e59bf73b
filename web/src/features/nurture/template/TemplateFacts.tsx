import { Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { NurtureCatalogue, NurtureTemplate } from '@/api/types';
import { NamePair } from '@/features/nurture/NamePair';
import css from '@/features/nurture/Nurture.module.css';
import { percent, shareOf } from '@/features/nurture/shares';
import { useLibrary } from '@/features/nurture/templates';
import { number } from '@/ui/format';
import { useName } from '@/ui/names';
import { namedIn, type Definition } from './definition';

type Props = { template: NurtureTemplate; placeholders: NurtureCatalogue['placeholders']; definition: Definition; onChange: (definition: Definition) => void };

function SmsCodes({ definition, placeholders, onChange }: Omit<Props, 'template'>) {
  const { t } = useTranslation('nurture');
  const name = useName();
  const sms = definition.sms ?? { tencent: '', aliyun: '', params: [] };
  const order = namedIn(definition).map((key, index) => `${index + 1} ${name(placeholders.find((one) => one.key === key)?.name) || key}`);
  const put = (part: Partial<typeof sms>) => { onChange({ ...definition, sms: { ...sms, ...part } }); };
  return (
    <>
      <p className="muted">{t('template.smsHint')}</p>
      <div className={css.two}>
        {(['tencent', 'aliyun'] as const).map((provider) => (
          <label key={provider}>
            <span>{t(`template.code.${provider}`)}</span>
            <Input value={sms[provider]} maxLength={60} onChange={(event) => { put({ [provider]: event.target.value.trim() }); }} />
          </label>
        ))}
      </div>
      <p className="muted">{t('template.smsParams', { list: order.join('　') || '–' })}</p>
    </>
  );
}

/** What belongs to a text beside its words: name, topic, what goes with it, the codes of short messages, how it was read. */
export function TemplateFacts({ template, placeholders, definition, onChange }: Props) {
  const { t } = useTranslation('nurture');
  const name = useName();
  const library = useLibrary({}, definition.channel !== 'sms');
  return (
    <>
      <section className={css.card} aria-label={t('template.facts')}>
        <h2>{t('template.facts')}</h2>
        <div className={css.form}>
          <NamePair label={t('template.name')} value={definition.name} onChange={(named) => { onChange({ ...definition, name: named }); }} />
          <label>
            <span>{t('template.topic')}</span>
            <Input value={definition.topic} maxLength={60} onChange={(event) => { onChange({ ...definition, topic: event.target.value }); }} />
          </label>
          {definition.channel !== 'sms' && (
            <div className={css.field}>
              <span>{t('template.items')}</span>
              <Select<number[]>
                mode="multiple"
                aria-label={t('template.items')}
                showSearch={{ optionFilterProp: 'label' }}
                placeholder={t('template.itemsNone')}
                notFoundContent={<Link to="/nurture/library">{t('library.add')}</Link>}
                maxCount={9}
                value={definition.items}
                options={(library.data ?? []).map((item) => ({ value: item.id, label: name(item.title) }))}
                onChange={(items) => { onChange({ ...definition, items }); }}
              />
            </div>
          )}
          {definition.channel === 'sms' && <SmsCodes definition={definition} placeholders={placeholders} onChange={onChange} />}
        </div>
      </section>
      {template.version !== null && (
        <section className={css.card} aria-label={t('template.figures')}>
          <h2>{t('template.figures')}</h2>
          <dl className={css.figures}>
            {(['sent', 'opened', 'clicked', 'skipped', 'unknown', 'dead'] as const).map((key) => (
              <div key={key}>
                <dt>{t(`figure.${key}`)}</dt>
                <dd>
                  {number(template[key])} {(key === 'opened' || key === 'clicked') && <small>{percent(shareOf(template[key], template.sent))}</small>}
                </dd>
              </div>
            ))}
          </dl>
          {template.used_by.length > 0 && (
            <p>
              {t('template.usedBy')}：
              {template.used_by.map((path) => (
                <Link key={path.key} to={`/nurture/paths/${path.key}`} className={css.pill}>
                  {name(path.name)}
                </Link>
              ))}
            </p>
          )}
        </section>
      )}
    </>
  );
}
