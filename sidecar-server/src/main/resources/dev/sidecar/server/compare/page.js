'use strict';
document.getElementById('report').innerText = document.getElementById('data').textContent;
