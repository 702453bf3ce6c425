// The time zones that Windows knows by id (tzutil /l), with minutes east of UTC without daylight saving.
// Ids: Microsoft's default time zones page and Unicode CLDR windowsZones (high); those that came after 2012 R2 by
// update are left out.

const zones: Readonly<Record<string, string>> = {
  '-720': 'Dateline Standard Time',
  '-660': 'UTC-11',
  '-600': 'Hawaiian Standard Time',
  '-540': 'Alaskan Standard Time',
  '-480': 'Pacific Standard Time (Mexico)|Pacific Standard Time',
  '-420': 'US Mountain Standard Time|Mountain Standard Time (Mexico)|Mountain Standard Time',
  '-360':
    'Central America Standard Time|Central Standard Time|Central Standard Time (Mexico)|Canada Central Standard Time',
  '-300': 'SA Pacific Standard Time|Eastern Standard Time|US Eastern Standard Time',
  '-270': 'Venezuela Standard Time',
  '-240':
    'Paraguay Standard Time|Atlantic Standard Time|Central Brazilian Standard Time|SA Western Standard Time|Pacific SA Standard Time',
  '-210': 'Newfoundland Standard Time',
  '-180':
    'E. South America Standard Time|Argentina Standard Time|SA Eastern Standard Time|Greenland Standard Time|Montevideo Standard Time|Bahia Standard Time',
  '-120': 'UTC-02',
  '-60': 'Azores Standard Time|Cape Verde Standard Time',
  '0': 'Morocco Standard Time|UTC|GMT Standard Time|Greenwich Standard Time',
  '60': 'W. Europe Standard Time|Central Europe Standard Time|Romance Standard Time|Central European Standard Time|W. Central Africa Standard Time|Namibia Standard Time',
  '120':
    'Jordan Standard Time|GTB Standard Time|Middle East Standard Time|Egypt Standard Time|Syria Standard Time|E. Europe Standard Time|South Africa Standard Time|FLE Standard Time|Turkey Standard Time|Israel Standard Time|Libya Standard Time',
  '180': 'Arabic Standard Time|Kaliningrad Standard Time|Arab Standard Time|E. Africa Standard Time',
  '210': 'Iran Standard Time',
  '240':
    'Arabian Standard Time|Azerbaijan Standard Time|Russian Standard Time|Mauritius Standard Time|Georgian Standard Time|Caucasus Standard Time',
  '270': 'Afghanistan Standard Time',
  '300': 'West Asia Standard Time|Pakistan Standard Time',
  '330': 'India Standard Time|Sri Lanka Standard Time',
  '345': 'Nepal Standard Time',
  '360': 'Central Asia Standard Time|Bangladesh Standard Time|Ekaterinburg Standard Time',
  '390': 'Myanmar Standard Time',
  '420': 'SE Asia Standard Time|N. Central Asia Standard Time',
  '480':
    'China Standard Time|North Asia Standard Time|Singapore Standard Time|W. Australia Standard Time|Taipei Standard Time|Ulaanbaatar Standard Time',
  '540': 'North Asia East Standard Time|Tokyo Standard Time|Korea Standard Time',
  '570': 'Cen. Australia Standard Time|AUS Central Standard Time',
  '600':
    'E. Australia Standard Time|AUS Eastern Standard Time|West Pacific Standard Time|Tasmania Standard Time|Yakutsk Standard Time',
  '660': 'Central Pacific Standard Time|Vladivostok Standard Time',
  '720': 'New Zealand Standard Time|UTC+12|Fiji Standard Time|Magadan Standard Time',
  '780': 'Tonga Standard Time|Samoa Standard Time',
};

export const timeZones: readonly { id: string; bias: number }[] = Object.entries(zones).flatMap(
  ([bias, ids]) => ids.split('|').map((id) => ({ id, bias: Number(bias) })),
);
