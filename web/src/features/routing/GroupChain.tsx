import { ArrowRightOutlined, CloseOutlined, LeftOutlined } from '@ant-design/icons';
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { RoutingCatalogue } from '@/api/types';
import { useName } from '@/ui/names';
import css from './Routing.module.css';

type Props = { value: string[]; catalogue: RoutingCatalogue; label: string; onChange: (groups: string[]) => void };

function earlier(groups: string[], place: number): string[] {
  const next = [...groups];
  const [one] = next.splice(place, 1);
  if (one !== undefined) next.splice(place - 1, 0, one);
  return next;
}

/** The groups in their order: whoever has no room passes on to the next, the last to the pool. */
export function GroupChain({ value, catalogue, label, onChange }: Props) {
  const { t } = useTranslation('routing');
  const name = useName();
  const titleOf = (key: string) => name(catalogue.groups.find((group) => group.key === key)?.name) || key;
  const left = catalogue.groups.filter((group) => !value.includes(group.key));
  return (
    <div className={css.chain}>
      <ol className={css.flow} aria-label={t('overflowOrder')}>
        {value.map((key, place) => (
          <li key={key}>
            {place > 0 && (
              <span className={css.arrow}>
                <ArrowRightOutlined aria-hidden /> {t('full')}
              </span>
            )}
            <span className={css.group}>
              {place > 0 && (
                <button type="button" aria-label={t('earlier', { name: titleOf(key) })} onClick={() => { onChange(earlier(value, place)); }}>
                  <LeftOutlined />
                </button>
              )}
              {titleOf(key)}
              <button type="button" aria-label={t('without', { name: titleOf(key) })} onClick={() => { onChange(value.filter((one) => one !== key)); }}>
                <CloseOutlined />
              </button>
            </span>
          </li>
        ))}
        <li>
          <span className={css.arrow}>
            <ArrowRightOutlined aria-hidden /> {value.length > 0 && t('full')}
          </span>
          <span className={css.pool}>{t('pool')}</span>
        </li>
      </ol>
      {left.length > 0 && (
        <Select<string | null>
          aria-label={label}
          placeholder={t(value.length > 0 ? 'chooseNext' : 'chooseGroups')}
          value={null}
          showSearch={{ optionFilterProp: 'label' }}
          className={css.chainPicker}
          options={left.map((group) => ({ value: group.key, label: t('groupOption', { name: name(group.name), count: group.members }) }))}
          onChange={(key) => {
            if (key) onChange([...value, key]);
          }}
        />
      )}
    </div>
  );
}
