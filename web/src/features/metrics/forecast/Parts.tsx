import { useTranslation } from 'react-i18next';
import { useAddress } from '@/features/records/address';
import { money } from '@/ui/format';
import css from './forecast.module.css';
import type { Behind, Forecast } from './forecast';

type Part = Forecast['parts'][number];
type Props = { forecast: Forecast; onOpen: (title: string, behind: Behind) => void };
const columns = ['won', 'open', 'expected', 'commit', 'best'] as const;

/** The forecast by unit or by person; a name goes one level down, an amount opens its deals. */
export function Parts({ forecast, onOpen }: Props) {
  const { t } = useTranslation('forecast');
  const address = useAddress();
  const byPerson = forecast.parts.some((part) => part.person);
  const open = (part: Part, column: (typeof columns)[number]) => {
    const who = part.unit ?? part.person;
    if (!who) return;
    onOpen(`${who.name} · ${t(`figure.${column}`)}`, {
      which: column === 'expected' ? 'open' : column,
      ...(part.unit ? { unit: part.unit.id } : { person: part.person?.id }),
    });
  };
  if (forecast.parts.length === 0) return null;
  return (
    <section className={css.panel} aria-label={t(byPerson ? 'byPerson' : 'byUnit')}>
      <h2>{t(byPerson ? 'byPerson' : 'byUnit')}</h2>
      <div className={css.scroll} role="group" aria-label={t(byPerson ? 'byPerson' : 'byUnit')} tabIndex={0}>
        <table className={css.table}>
          <thead>
            <tr>
              <th scope="col">{t(byPerson ? 'person' : 'unit')}</th>
              {columns.map((column) => (
                <th key={column} scope="col">{t(`figure.${column}`)}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {forecast.parts.map((part) => {
              const who = part.unit ?? part.person;
              return (
                <tr key={`${part.unit ? 'u' : 'p'}${String(who?.id)}`}>
                  <th scope="row">
                    {part.unit ? (
                      <button type="button" className={css.amount} onClick={() => { address.set({ unit: String(part.unit?.id) }); }}>
                        {who?.name}
                      </button>
                    ) : (
                      who?.id ? who.name : t('nobody')
                    )}
                  </th>
                  {columns.map((column) => (
                    <td key={column}>
                      {who?.id && Number(part[column]) > 0 ? (
                        <button type="button" className={css.amount} aria-label={`${who.name} · ${t(`figure.${column}`)} ${money(Math.round(Number(part[column])), forecast.currency)}`} onClick={() => { open(part, column); }}>
                          {money(Math.round(Number(part[column])), forecast.currency)}
                        </button>
                      ) : (
                        money(Math.round(Number(part[column])), forecast.currency)
                      )}
                    </td>
                  ))}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}
