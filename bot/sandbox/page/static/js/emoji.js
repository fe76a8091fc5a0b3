/**
 * Emoji shortcodes that apps use often; an unknown one stays as it was typed.
 */

const TABLE = `
+1 👍|thumbsup 👍|-1 👎|thumbsdown 👎|tada 🎉|wave 👋|eyes 👀|fire 🔥|rocket 🚀|star ⭐|star2 🌟|sparkles ✨|zap ⚡|boom 💥|100 💯
white_check_mark ✅|heavy_check_mark ✔️|ballot_box_with_check ☑️|x ❌|negative_squared_cross_mark ❎|no_entry ⛔|no_entry_sign 🚫
warning ⚠️|exclamation ❗|question ❓|grey_question ❔|bangbang ‼️|information_source ℹ️|bulb 💡|bell 🔔|no_bell 🔕|mega 📣|loudspeaker 📢
red_circle 🔴|large_orange_circle 🟠|large_yellow_circle 🟡|large_green_circle 🟢|large_blue_circle 🔵|large_purple_circle 🟣
white_circle ⚪|black_circle ⚫|large_red_square 🟥|large_green_square 🟩|large_blue_square 🟦|black_large_square ⬛|white_large_square ⬜
smile 😄|smiley 😃|grinning 😀|joy 😂|slightly_smiling_face 🙂|wink 😉|blush 😊|heart_eyes 😍|sunglasses 😎|thinking_face 🤔
neutral_face 😐|cry 😢|sob 😭|angry 😠|scream 😱|sleeping 😴|sweat_smile 😅|partying_face 🥳|robot_face 🤖|ghost 👻|skull 💀
heart ❤️|orange_heart 🧡|yellow_heart 💛|green_heart 💚|blue_heart 💙|purple_heart 💜|broken_heart 💔|clap 👏|pray 🙏|muscle 💪
raised_hands 🙌|ok_hand 👌|point_right 👉|point_left 👈|point_up ☝️|point_down 👇|handshake 🤝|writing_hand ✍️|crossed_fingers 🤞
calendar 📆|date 📅|spiral_calendar_pad 🗓️|clock1 🕐|clock3 🕒|clock9 🕘|alarm_clock ⏰|hourglass ⌛|hourglass_flowing_sand ⏳|stopwatch ⏱️
memo 📝|pencil 📝|pencil2 ✏️|clipboard 📋|pushpin 📌|round_pushpin 📍|paperclip 📎|link 🔗|mag 🔍|mag_right 🔎|lock 🔒|unlock 🔓|key 🔑
briefcase 💼|office 🏢|house 🏠|school 🏫|mortar_board 🎓|books 📚|book 📖|newspaper 📰|page_facing_up 📄|file_folder 📁|open_file_folder 📂
card_index 📇|bar_chart 📊|chart_with_upwards_trend 📈|chart_with_downwards_trend 📉|email 📧|envelope ✉️|inbox_tray 📥|outbox_tray 📤
speech_balloon 💬|thought_balloon 💭|phone ☎️|telephone_receiver 📞|computer 💻|desktop_computer 🖥️|keyboard ⌨️|gear ⚙️|wrench 🔧|hammer 🔨
package 📦|gift 🎁|trophy 🏆|medal 🏅|first_place_medal 🥇|second_place_medal 🥈|third_place_medal 🥉|dart 🎯|game_die 🎲|balloon 🎈
bust_in_silhouette 👤|busts_in_silhouette 👥|man 👨|woman 👩|technologist 🧑‍💻|detective 🕵️|moneybag 💰|dollar 💵|euro 💶|credit_card 💳
arrow_up ⬆️|arrow_down ⬇️|arrow_left ⬅️|arrow_right ➡️|arrow_forward ▶️|arrow_backward ◀️|fast_forward ⏩|rewind ⏪|arrows_counterclockwise 🔄
repeat 🔁|heavy_plus_sign ➕|heavy_minus_sign ➖|heavy_multiplication_x ✖️|one 1️⃣|two 2️⃣|three 3️⃣|four 4️⃣|five 5️⃣|new 🆕|free 🆓|up 🆙|ok 🆗|sos 🆘
globe_with_meridians 🌐|earth_africa 🌍|earth_americas 🌎|earth_asia 🌏|world_map 🗺️|airplane ✈️|car 🚗|train 🚆|bike 🚲|sunny ☀️|cloud ☁️
rain_cloud 🌧️|snowflake ❄️|rainbow 🌈|coffee ☕|beer 🍺|pizza 🍕|cake 🍰|apple 🍎|seedling 🌱|evergreen_tree 🌲|four_leaf_clover 🍀|dog 🐶|cat 🐱
unicorn_face 🦄|bug 🐛|snake 🐍|whale 🐳|bee 🐝|triangular_flag_on_post 🚩|checkered_flag 🏁|construction 🚧|rotating_light 🚨|recycle ♻️|shrug 🤷
`;

/** @type {Map<string, string>} */
const EMOJI = new Map(TABLE.trim().split(/[\n|]/u).map((pair) => /** @type {[string, string]} */ (pair.split(' '))));
const SHORTCODE = /:([a-z\d_+'-]{1,60}):(?::?skin-tone-[2-6]:)?/gu;

/** Replace the shortcodes that are known. @param {string} text */
export function emojify(text) {
  return text.includes(':') ? text.replace(SHORTCODE, (whole, name) => EMOJI.get(name) ?? whole) : text;
}

/** One emoji by its name, or the shortcode. @param {string} name @param {string} [unicode] hexadecimal code points */
export function emoji(name, unicode = '') {
  const known = EMOJI.get(name);
  if (known) return known;
  const points = unicode.split('-').map((point) => Number.parseInt(point, 16));
  const valid = unicode !== '' && points.every((point) => point > 0xff && point <= 0x10_ffff);
  return valid ? String.fromCodePoint(...points) : `:${name}:`;
}
