import '../shared/main';
