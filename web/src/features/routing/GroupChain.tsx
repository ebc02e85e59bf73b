import { ArrowRightOutlined } from '@ant-design/icons';
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { RoutingCatalogue } from '@/api/types';
import { useName } from '@/ui/names';
import css from './Routing.module.css';

type Props = { value: string[]; catalogue: RoutingCatalogue; label: string; onChange: (groups: string[]) => void };

/** The groups in their order: whoever has no room passes on to the next, the last to the pool. */
export function GroupChain({ value, catalogue, label, onChange }: Props) {
  const { t } = useTranslation('routing');
  const name = useName();
  const titleOf = (key: string) => name(catalogue.groups.find((group) => group.key === key)?.name) || key;
  return (
    <div className={css.chain}>
      <Select<string[]>
        mode="multiple"
        aria-label={label}
        placeholder={t('chooseGroups')}
        value={value}
        showSearch={{ optionFilterProp: 'label' }}
        className={css.chainPicker}
        options={catalogue.groups.map((group) => ({
          value: group.key,
          label: t('groupOption', { name: name(group.name), count: group.members }),
        }))}
        labelRender={({ value: key }) => titleOf(String(key))}
        onChange={onChange}
      />
      <ol className={css.flow} aria-label={t('overflowOrder')}>
        {value.map((key, place) => (
          <li key={key}>
            {place > 0 && (
              <span className={css.arrow}>
                <ArrowRightOutlined aria-hidden /> {t('full')}
              </span>
            )}
            <span className={css.group}>{titleOf(key)}</span>
          </li>
        ))}
        <li>
          <span className={css.arrow}>
            <ArrowRightOutlined aria-hidden /> {value.length > 0 && t('full')}
          </span>
          <span className={css.pool}>{t('pool')}</span>
        </li>
      </ol>
    </div>
  );
}
