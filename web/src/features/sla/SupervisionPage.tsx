import { Button, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useMe } from '@/features/identity/session';
import { useUnits } from '@/features/org/admin';
import { PersonPicker } from '@/features/org/PersonPicker';
import { useAddress } from '@/features/records/address';
import { useClearing } from '@/ui/clearing';
import { Empty, Failure, Loading } from '@/ui/faces';
import { useName } from '@/ui/names';
import { Tabs } from '@/ui/Tabs';
import { ClockLines } from './ClockLines';
import css from './ClockLines.module.css';
import { useClocks } from './clocks';
import { useClockPolicies } from './clockPolicies';
import { DealPace } from './DealPace';
import { Punctuality } from './Punctuality';

const boxes = ['red', 'team', 'mine'] as const;
const atOnce = 20;

/** The unit to which the page is narrowed; pressed, it counts no more. */
function UnitChip({ id }: { id: number }) {
  const { t } = useTranslation('supervision');
  const address = useAddress();
  const units = useUnits();
  const unit = units.data?.find((one) => one.id === id)?.name;
  return (
    <button type="button" className={css.chip} onClick={() => { address.set({ unit: null }); }}>
      <span className="clip">{t('supervision.unit', { name: unit ?? (units.data ? t('supervision.noUnit') : '…') })}</span>
      <span aria-hidden="true">✕</span>
      <span className="sr-only">{t('clear', { ns: 'ui' })}</span>
    </button>
  );
}

/** What stands in red, and every clock of one's people: whose it is, of which rule, how late. */
export default function SupervisionPage() {
  const { t } = useTranslation('supervision');
  const name = useName();
  const address = useAddress();
  const clearing = useClearing();
  const seesDeals = (useMe().can['deal']?.read ?? 'none') !== 'none';
  const box = boxes.find((one) => one === address.get('box')) ?? 'red';
  const policy = address.get('policy');
  const owner = Number(address.get('owner')) || null;
  const unit = Number(address.get('unit')) || undefined;
  const clocks = useClocks({ box, policy: policy || undefined, owner_id: owner ?? undefined, under: unit, limit: atOnce });
  const rows = clocks.data?.pages.flatMap((page) => page.items) ?? [];
  const policies = useClockPolicies(rows);
  // Whoever asks for a unit comes from its figures, mostly by a notice: they stand first then.
  const figures = (
    <>
      {seesDeals && <DealPace under={unit} />}
      <Punctuality under={unit} />
    </>
  );
  const choices = (
    <>
      <Tabs label={t('supervision.title')} tabs={boxes.map((key) => ({ key, label: t(`supervision.${key}`) }))} value={box} onChange={(key) => { address.set({ box: key }); }} />
      <div className={css.filters}>
        <Select
          aria-label={t('supervision.policy')}
          placeholder={t('supervision.policy')}
          style={{ width: 200 }}
          allowClear={clearing}
          showSearch={{ optionFilterProp: 'label' }}
          value={policy || undefined}
          options={policies.map((one) => ({ value: one.key, label: name(one.name) }))}
          onChange={(key: string | undefined) => {
            address.set({ policy: key ?? null });
          }}
        />
        {box !== 'mine' && (
          <span style={{ width: 180 }}>
            <PersonPicker label={t('owner', { ns: 'sla' })} value={owner} onChange={(id) => { address.set({ owner: id === null ? null : String(id) }); }} />
          </span>
        )}
      </div>
    </>
  );
  return (
    <div className={css.page}>
      <div className={css.head}>
        <h1>{t('supervision.title')}</h1>
        {unit ? <UnitChip id={unit} /> : choices}
      </div>
      {unit && figures}
      {unit && <div className={css.head}>{choices}</div>}
      <section className={css.panel} aria-label={t(`supervision.${box}`)}>
        {!clocks.data ? (
          clocks.error ? (
            <Failure error={clocks.error} retry={() => void clocks.refetch()} />
          ) : (
            <Loading rows={10} />
          )
        ) : rows.length === 0 ? (
          <Empty title={t(`supervision.nothing.${box}`)} hint={t('supervision.nothingHint')} />
        ) : (
          <ClockLines clocks={rows} />
        )}
        {clocks.hasNextPage && (
          <div className={css.more}>
            <Button size="small" loading={clocks.isFetchingNextPage} onClick={() => void clocks.fetchNextPage()}>
              {t('loadMore', { ns: 'ui' })}
            </Button>
          </div>
        )}
      </section>
      {!unit && figures}
    </div>
  );
}
