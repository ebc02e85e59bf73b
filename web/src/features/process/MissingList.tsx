import { AuditOutlined, CheckSquareOutlined, EditOutlined, FileAddOutlined, NodeIndexOutlined, TeamOutlined } from '@ant-design/icons';
import { Fragment, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { MissingItem, TypeMeta } from '@/api/types';
import { stageOf } from '@/features/records/meta';
import { useName } from '@/ui/names';
import css from './MissingList.module.css';
import { useFactFields } from './factFields';
import { factsOf, progressText } from './itemFacts';
import { placeOf } from './where';

const marks: Record<MissingItem['kind'], ReactNode> = {
  field: <EditOutlined />,
  document: <FileAddOutlined />,
  checklist: <CheckSquareOutlined />,
  roles: <TeamOutlined />,
  condition: <NodeIndexOutlined />,
  approval: <AuditOutlined />,
};

/** Why an item is asked for: the rule, its version, and the facts it looked at. */
export function Why({ item, type }: { item: MissingItem; type: TypeMeta }) {
  const { t, i18n } = useTranslation('process');
  const name = useName();
  const fields = useFactFields(type);
  const stage = stageOf(type, item.why.stage);
  return (
    <dl className={css.why}>
      <dt>{t('why.rule')}</dt>
      <dd>{t('why.gate', { gate: t(`gate.${item.why.gate}`), stage: stage ? name(stage.name) : item.why.stage })}</dd>
      {item.why.words && (
        <>
          <dt>{t('why.because')}</dt>
          <dd>{name(item.why.words)}</dd>
        </>
      )}
      <dt>{t('why.version')}</dt>
      <dd>
        {item.why.blueprint} · v{item.why.version}
      </dd>
      {factsOf(item, fields, t, i18n.language).map((fact) => (
        <Fragment key={fact.expected}>
          <dt>{t('why.expected')}</dt>
          <dd>{fact.expected}</dd>
          <dt>{t('why.actual')}</dt>
          <dd>{item.verdict === 'unknown' && item.kind !== 'condition' ? t('why.unknown') : fact.actual}</dd>
        </Fragment>
      ))}
      {item.supplier_name && (
        <>
          <dt>{t('why.supplier')}</dt>
          <dd>{name(item.supplier_name)}</dd>
        </>
      )}
    </dl>
  );
}

type Props = {
  items: MissingItem[];
  type: TypeMeta;
  onGo?: (where: string) => void;
  extra?: (item: MissingItem) => ReactNode;
};

/** Every missing item at once: what, why, who, and a link to the place where it is done. */
export function MissingList({ items, type, onGo, extra }: Props) {
  const { t } = useTranslation('process');
  const name = useName();
  return (
    <ul className={css.list}>
      {items.map((item) => (
        <li key={`${item.kind}:${item.item}`} className={css.item}>
          <span className={css.mark} aria-hidden="true">
            {marks[item.kind]}
          </span>
          <div className="grow">
            <div className={css.line}>
              {onGo ? (
                <button
                  type="button"
                  className={css.go}
                  onClick={() => {
                    onGo(item.where);
                  }}
                >
                  {name(item.name)}
                  <span className={css.verb}>{t(`go.${placeOf(item.where).part}`)}</span>
                </button>
              ) : (
                <strong>{name(item.name)}</strong>
              )}
              {item.link && <Link to={item.link}>{t('sheet.openApproval')}</Link>}
              {extra?.(item)}
            </div>
            <details className={css.details}>
              <summary>
                <span className={css.message}>{progressText(item, t)}</span> <span className={css.ask}>{t('why.ask')}</span>
              </summary>
              <Why item={item} type={type} />
            </details>
          </div>
        </li>
      ))}
    </ul>
  );
}
