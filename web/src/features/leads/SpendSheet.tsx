import { DeleteOutlined } from '@ant-design/icons';
import { Button, DatePicker, Input, InputNumber, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import { useConfirm } from '@/ui/confirm';
import { Empty, Faces } from '@/ui/faces';
import { date, money } from '@/ui/format';
import { useName } from '@/ui/names';
import { Sheet } from '@/ui/Sheet';
import { useToast } from '@/ui/toast';
import css from './Channels.module.css';
import { currencyName, useChangeSpend, useSpend } from './channels';

/** What channels cost: entered for a month or for any days; a wrong entry is withdrawn. */
export default function SpendSheet({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('leads');
  const name = useName();
  const say = useToast();
  const confirm = useConfirm();
  const spend = useSpend();
  const { enter, withdraw } = useChangeSpend();
  const [channel, setChannel] = useState<string>();
  const [amount, setAmount] = useState<string | null>(null);
  const [currency, setCurrency] = useState<string>();
  const [note, setNote] = useState('');
  const [days, setDays] = useState<[Dayjs, Dayjs]>(() => [dayjs().startOf('month'), dayjs().endOf('month')]);
  const month = (months: number): [Dayjs, Dayjs] => [dayjs().subtract(months, 'month').startOf('month'), dayjs().subtract(months, 'month').endOf('month')];
  const failed = (error: unknown) => {
    const problem = problemOf(error);
    say('bad', problem?.errors?.[0]?.message ?? problem?.message ?? t('failed', { ns: 'ui' }));
  };
  const send = (home: string) => {
    if (!channel || !amount) return;
    enter.mutate(
      { channel, amount, currency: currency ?? home, note, first_day: days[0].format('YYYY-MM-DD'), last_day: days[1].format('YYYY-MM-DD') },
      {
        onSuccess: () => {
          say('ok', t('spend.entered'));
          setAmount(null);
          setNote('');
        },
        onError: failed,
      },
    );
  };
  return (
    <Sheet size={620} title={t('spend.title')} onClose={onClose}>
      <Faces query={spend} rows={5}>
        {(data) => (
          <>
            <form
              className={css.form}
              aria-label={t('spend.add')}
              onSubmit={(event) => {
                event.preventDefault();
                send(data.currencies[0] ?? 'CNY');
              }}
            >
              <Select aria-label={t('board.channel')} placeholder={t('board.channel')} showSearch={{ optionFilterProp: 'label' }} value={channel} options={data.channels.map((one) => ({ value: one.key, label: name(one.name) }))} onChange={setChannel} />
              <DatePicker.RangePicker
                aria-label={t('spend.days')}
                allowClear={false}
                value={days}
                presets={[0, 1, 2].map((months) => ({ label: month(months)[0].format('YYYY-MM'), value: month(months) }))}
                onChange={(range) => {
                  if (range?.[0] && range[1]) setDays([range[0], range[1]]);
                }}
              />
              <InputNumber<string> aria-label={t('board.cost')} placeholder={t('board.cost')} stringMode controls={false} min="0.01" precision={2} value={amount} onChange={setAmount} />
              <Select aria-label={t('spend.currency')} value={currency ?? data.currencies[0]} options={data.currencies.map((key) => ({ value: key, label: currencyName(key) }))} onChange={setCurrency} />
              <Input aria-label={t('spend.note')} placeholder={t('spend.note')} maxLength={500} value={note} onChange={(event) => { setNote(event.target.value); }} />
              <Button type="primary" htmlType="submit" loading={enter.isPending} disabled={!channel || !amount}>
                {t('spend.add')}
              </Button>
            </form>
            <p className="muted">{t('spend.hint')}</p>
            {data.items.length === 0 ? (
              <Empty title={t('spend.none')} />
            ) : (
              <ul className={css.leads} aria-label={t('spend.entries')}>
                {data.items.map((item) => (
                  <li key={item.id}>
                    <strong>
                      {name(item.name)} <span className="num">{money(item.amount, item.currency)}</span>
                    </strong>
                    <span>
                      {date(item.first_day)} – {date(item.last_day)} {item.note}
                    </span>
                    <small className="muted">{item.entered_by?.name}</small>
                    <Button
                      type="text"
                      icon={<DeleteOutlined aria-hidden />}
                      aria-label={t('spend.withdraw', { name: name(item.name) })}
                      onClick={() => {
                        confirm({ title: t('spend.sure'), danger: true, ok: t('spend.do'), run: () => withdraw.mutateAsync(item.id).catch(failed) });
                      }}
                    />
                  </li>
                ))}
              </ul>
            )}
          </>
        )}
      </Faces>
    </Sheet>
  );
}
