import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { FieldMeta, RecordItem } from '@/api/types';
import { recordPath } from '@/features/records/address';
import { Avatar } from '@/ui/Avatar';
import { CopyButton } from '@/ui/CopyButton';
import css from './FieldValue.module.css';
import { fieldText } from './display';

type Props = { field: FieldMeta; record: RecordItem; plain?: boolean };

/** One value as it is read in cells, cards and pages. */
export function FieldValue({ field, record, plain }: Props) {
  const { t, i18n } = useTranslation('fields');
  const value = record.values[field.key];
  const text = fieldText(field, record, i18n.language, { yes: t('yes'), no: t('no') });
  if (!text) return <span className={css.blank}>–</span>;
  if (record.masked.includes(field.key) || field.access === 'masked') {
    return (
      <span className="num" title={t('masked')}>
        {text}
      </span>
    );
  }
  if (plain) return <span className="num">{text}</span>;
  switch (field.type) {
    case 'money':
    case 'number':
      return <span className="num">{text}</span>;
    case 'choice':
      return <span className={css.tag}>{text}</span>;
    case 'choices':
      return (
        <span className={css.tags}>
          {text.split('、').map((one) => (
            <span key={one} className={css.tag}>
              {one}
            </span>
          ))}
        </span>
      );
    case 'person':
      return (
        <span className={css.person}>
          <Avatar name={text} size={20} />
          {text}
        </span>
      );
    case 'record':
      return field.record_type ? <Link to={recordPath(field.record_type, Number(value))}>{text}</Link> : <>{text}</>;
    case 'phone':
      return (
        <span className={css.copy}>
          <a href={`tel:${text}`}>{text}</a>
          <CopyButton text={text} />
        </span>
      );
    case 'email':
      return (
        <span className={css.copy}>
          <a href={`mailto:${text}`}>{text}</a>
          <CopyButton text={text} />
        </span>
      );
    case 'url':
      return (
        <a href={/^https?:\/\//.test(text) ? text : undefined} target="_blank" rel="noreferrer noopener">
          {text}
        </a>
      );
    case 'long_text':
      return <span className={css.long}>{text}</span>;
    default:
      return <>{text}</>;
  }
}
